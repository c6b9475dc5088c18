// Breaks the dependency rule on purpose: a resolver never sees an EntityManager.
import type { EntityManager } from '@mikro-orm/postgresql';

export type Forbidden = EntityManager;
