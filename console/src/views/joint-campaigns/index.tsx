import { Route, Switch } from 'wouter';
import { List } from './list.tsx';
import { One } from './one.tsx';

/** What some do together: the list, and one with its parts, dates, messages and decisions. */
export default function JointCampaigns() {
  return (
    <Switch>
      <Route path="/">
        <List />
      </Route>
      <Route path="/:id">{({ id }) => <One key={id} id={id} />}</Route>
    </Switch>
  );
}
