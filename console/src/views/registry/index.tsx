import { Route, Switch } from 'wouter';
import { ActorPage } from './actor-page.tsx';
import { ImportPage } from './import/import-page.tsx';
import { Imports } from './import/imports.tsx';
import { MergeQueue } from './merge/merge-queue.tsx';
import { AddEntry, PlanCampaign, RegisterProgramme } from './register/pages.tsx';
import { Search } from './search.tsx';

/** Who is registered: find somebody, look at one, register by hand or from a sheet, see to doubles. */
export default function Registry() {
  return (
    <Switch>
      <Route path="/">
        <Search />
      </Route>
      <Route path="/register">
        <RegisterProgramme />
      </Route>
      <Route path="/register/:programme/campaign">{({ programme }) => <PlanCampaign programme={programme} />}</Route>
      <Route path="/register/:campaign/entry">{({ campaign }) => <AddEntry campaign={campaign} />}</Route>
      <Route path="/import">
        <Imports />
      </Route>
      <Route path="/import/:id">{({ id }) => <ImportPage id={id} />}</Route>
      <Route path="/names">
        <MergeQueue />
      </Route>
      <Route path="/:id">{({ id }) => <ActorPage id={id} />}</Route>
    </Switch>
  );
}
