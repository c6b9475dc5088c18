import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { Search } from './search.tsx';

const ActorPage = lazy(async () => ({ default: (await import('./actor-page.tsx')).ActorPage }));
const ImportPage = lazy(async () => ({ default: (await import('./import/import-page.tsx')).ImportPage }));
const Imports = lazy(async () => ({ default: (await import('./import/imports.tsx')).Imports }));
const MergeQueue = lazy(async () => ({ default: (await import('./merge/merge-queue.tsx')).MergeQueue }));
const RegisterProgramme = lazy(async () => ({ default: (await import('./register/pages.tsx')).RegisterProgramme }));
const PlanCampaign = lazy(async () => ({ default: (await import('./register/pages.tsx')).PlanCampaign }));
const AddEntry = lazy(async () => ({ default: (await import('./register/pages.tsx')).AddEntry }));

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
