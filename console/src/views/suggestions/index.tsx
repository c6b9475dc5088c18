import { Route, Switch } from 'wouter';
import { Inbox } from './inbox.tsx';
import { One } from './one.tsx';

/** What could be done together: the inbox, and one suggestion as each side sees it. */
export default function Suggestions() {
  return (
    <Switch>
      <Route path="/">
        <Inbox />
      </Route>
      <Route path="/:id">{({ id }) => <One key={id} id={id} />}</Route>
    </Switch>
  );
}
