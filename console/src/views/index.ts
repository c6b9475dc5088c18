import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { Viewer } from '@concord/client-sdk';

/**
 * How a view is added: make a folder here, called as below, whose `index.tsx` has a component as its default export, and a file of
 * messages of the same name for each language (`language/en/<name>.json` …). Nothing else is to be changed: a view that has a folder
 * is in the navigation, is fetched when it is first looked at, and has its messages. Its component gets no props, and finds itself
 * below `/<name>` in wouter's router: `<Route path="/:id">` is `/<name>/:id`.
 *
 * Names and order are the navigation's; the server serves the page at these paths alone (`server/http/console.ts`), and the names to
 * read are in each language's `shell.json`.
 */
const VIEWS = [
  { name: 'today', isFor: everybody },
  { name: 'suggestions', isFor: everybody },
  { name: 'calendar', isFor: everybody },
  { name: 'map', isFor: everybody },
  { name: 'matrix', isFor: everybody },
  { name: 'corridor', isFor: everybody },
  { name: 'registry', isFor: everybody },
  { name: 'joint-campaigns', isFor: everybody },
  { name: 'admin', isFor: ({ role }: Viewer) => role === 'COORDINATOR' || role === 'EDITOR' },
] as const;

export type ViewName = (typeof VIEWS)[number]['name'];

export interface View {
  readonly name: ViewName;
  readonly View: LazyExoticComponent<ComponentType>;
}

const folders = import.meta.glob<{ readonly default: ComponentType }>('./*/index.tsx');

const built = VIEWS.flatMap(({ name, isFor }) => {
  const load = folders[`./${name}/index.tsx`];
  return load ? [{ name, isFor, View: lazy(load) }] : [];
});

/** What this viewer may look at, in the navigation's order. What a view shows is decided by the hub, not here. */
export function viewsFor(viewer: Viewer): readonly View[] {
  return built.filter(({ isFor }) => isFor(viewer));
}

function everybody(_viewer: Viewer): boolean {
  return true;
}
