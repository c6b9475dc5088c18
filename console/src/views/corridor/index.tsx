import { Route, Switch } from 'wouter';
import { All } from './all.tsx';
import { Brief } from './brief.tsx';
import { One } from './one.tsx';

/** Routes that people take: all of them, who works along one, and what to print about it. */
export default function Corridors() {
  return (
    <Switch>
      <Route path="/">
        <All />
      </Route>
      <Route path="/:code">{({ code }) => <One key={code} code={code} />}</Route>
      <Route path="/:code/brief">{({ code }) => <Brief key={code} code={code} />}</Route>
    </Switch>
  );
}
