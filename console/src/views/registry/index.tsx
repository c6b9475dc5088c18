import { Route, Switch } from 'wouter';
import { ActorPage } from './actor-page.tsx';
import { Search } from './search.tsx';

/** Who is registered: find somebody, look at one. */
export default function Registry() {
  return (
    <Switch>
      <Route path="/">
        <Search />
      </Route>
      <Route path="/:id">{({ id }) => <ActorPage id={id} />}</Route>
    </Switch>
  );
}
