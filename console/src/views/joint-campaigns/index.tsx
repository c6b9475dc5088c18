import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { List } from './list.tsx';

/** With its forms, which the list does without. */
const One = lazy(async () => ({ default: (await import('./one.tsx')).One }));

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
