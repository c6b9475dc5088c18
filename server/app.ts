// type-graphql's decorators need it before the first of them runs.
import 'reflect-metadata';
import type { Meter } from '@opentelemetry/api';
import { Spending } from '../core/access/spending.ts';
import { UnitOfWork } from '../core/access/unit-of-work.ts';
import type { OidcConfig } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import { listenOn } from '../platform/listen-on.ts';
import type { Notices } from '../platform/notices.ts';
import { isTracing } from '../platform/telemetry/tracing.ts';
import { PlannedQueries } from '../schema/execution/planned-queries.ts';
import { buildHubSchema } from '../schema/build.ts';
import { Costs } from '../schema/limits/cost.ts';
import { Issuer } from './auth/issuer.ts';
import { TokenVerifier } from './auth/oidc.ts';
import { OwnCookie } from './auth/own-cookie.ts';
import { ACCESS_CHANGED } from './auth/access-changed.ts';
import { RecentSignIns } from './auth/recent-sign-ins.ts';
import { createSignIn } from './auth/sign-in.ts';
import { SignInUnderWay } from './auth/sign-in-under-way.ts';
import { createHttpServer } from './http/app.ts';
import type { Door } from './http/admit.ts';
import { presentFault } from './http/errors.ts';
import { type Execution, startApollo } from './http/graphql.ts';
import { KnownQueries } from './http/known-queries.ts';
import { type Budget, Budgets } from './limits/budgets.ts';
import { Gate } from './limits/gate.ts';
import { InFlight, MOST_IN_FLIGHT } from './limits/in-flight.ts';
import { OpenOfKey, SUBSCRIPTIONS_OF_KEY } from './limits/open-of-key.ts';
import { Refusals } from './limits/refusals.ts';
import { SignInAttempts } from './limits/sign-in-attempts.ts';
import { RequestMetrics } from './telemetry/request-metrics.ts';
import { traceMutations } from './telemetry/trace-mutations.ts';
import type { IssuerSignInOptions } from './http/issuer-sign-in.ts';
import type { DemoKeys } from './http/session.ts';
import { followSubscriptions } from './follow-subscriptions.ts';
import { createResolvers } from './resolvers.ts';
import { createServices, type ServiceOptions, type Services } from './services.ts';

const COUNTS_WRITTEN_EVERY_MS = 60_000;

export interface AppOptions extends ServiceOptions {
  readonly notices: Notices;
  readonly log: Log;
  /** Whose tokens prove who a person is; null or left out: only keys of ours open the hub. */
  readonly oidc?: OidcConfig | null;
  /** How queries are executed; left out: planned. */
  readonly execution?: Execution;
  /** What one key may spend. */
  readonly budget: Budget;
  /** How many proxies stand in front, whose word on where a request comes from is taken; left out: none. */
  readonly proxies?: number;
  /** As whom a demo lets people look around by one click; left out: nobody. Only for a hub that nobody else can reach. */
  readonly demoKeys?: DemoKeys;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Why the hub cannot serve yet, or null when it can. */
  readonly notReady?: () => Promise<string | null>;
  /** Where requests are counted; left out: nowhere. */
  readonly meter?: Meter;
}

export interface RunningApp {
  readonly url: string;
  readonly services: Services;
  /** Takes no more requests, finishes those under way, closes streams. */
  close(): Promise<void>;
}

/** Starts the request process on an open database and resolves once it listens. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const metrics = options.meter ? new RequestMetrics(options.meter) : null;
  const services = createServices({
    ...options,
    onSignIn: async (event) => {
      metrics?.hearSignIn(event);
      await options.onSignIn?.(event);
    },
  });
  const schema = await buildHubSchema(createResolvers(services), presentFault(options.log));
  if (isTracing()) traceMutations(schema);
  // A unit of work of its own: what is settled in the background is no write that anybody has to hear of.
  const spending = new Spending(new UnitOfWork(options.orm, options.clock, options.randomness));
  const budgets = new Budgets(options.budget, spending, options.clock, options.log);
  const door: Door = {
    schema,
    gate: new Gate(new Costs(schema), budgets, metrics),
    inFlight: new InFlight(MOST_IN_FLIGHT),
    subscriptions: new OpenOfKey(SUBSCRIPTIONS_OF_KEY),
    refusals: new Refusals(options.budget.refusedPerMinute),
  };
  const queries = options.execution === 'plain' ? null : new PlannedQueries(schema);
  const known =
    queries &&
    new KnownQueries({ queries, gate: door.gate, onAnswered: (seconds) => metrics?.recordAnswered(seconds) });
  const apollo = await startApollo({
    ...door,
    log: options.log,
    ...(queries && known && { planned: { queries, known } }),
    plugins: metrics ? [metrics.plugin()] : [],
  });
  const recent = new RecentSignIns();
  services.unitOfWork.afterWrites(() => recent.forget());
  const heedOthers = options.notices.subscribe(ACCESS_CHANGED, () => recent.forget());
  const newRequestId = (): string => Buffer.from(options.randomness.bytes(9)).toString('base64url');
  const attempts = new SignInAttempts();
  const { publicUrl } = services.feeds;
  const server = createHttpServer({
    schema,
    door,
    attempts,
    proxies: options.proxies ?? 0,
    apollo,
    known,
    newRequestId,
    log: options.log,
    notReady: options.notReady ?? (() => Promise.resolve(null)),
    notices: options.notices,
    exports: services.exports,
    briefExports: services.briefExports,
    unsubscribe: (token) => services.preferences.unsubscribe(token),
    readFeed: (token) => services.feeds.calendar.read(token),
    imports: services.imports,
    annotatedCopies: services.annotatedCopies,
    sessions: services.sessions,
    browsers: { cookie: new OwnCookie('concord-session', 'Strict', { host: options.host, publicUrl }), publicUrl },
    issuerSignIn: openIssuerSignIn(options, services, publicUrl, attempts),
    demoKeys: options.demoKeys ?? (() => Promise.resolve(null)),
    signIn: createSignIn({
      access: services.access,
      sessions: services.sessions,
      tokens: options.oidc ? new TokenVerifier(options.oidc, options.clock) : null,
      reads: services.reads,
      recent,
      attempts,
      notices: options.notices,
      log: options.log,
    }),
  });
  const port = await listenOn(server.http, { host: options.host, port: options.port, variable: 'PORT' });
  const { signInAudit } = services;
  const tellUnwritten = (error: unknown): void => {
    options.log.error({ err: error }, 'denials that were counted could not be written');
  };
  const counting = setInterval(() => void signInAudit.writeCounts().catch(tellUnwritten), COUNTS_WRITTEN_EVERY_MS);
  const applying = followSubscriptions(services, options);
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${String(port)}`,
    services,
    close: async () => {
      clearInterval(counting);
      heedOthers();
      await applying.stop();
      const closed = server.drain();
      await server.dispose();
      await closed;
      await apollo.stop();
      await services.reads.settled();
      await budgets.close();
      await signInAudit.settle().catch(tellUnwritten);
    },
  };
}

/** Null where the issuer knows no client of this hub's. */
function openIssuerSignIn(
  { oidc, host, secrets, clock, randomness, log }: AppOptions,
  { access, ownMemberships: memberships }: Services,
  publicUrl: string,
  attempts: SignInAttempts,
): IssuerSignInOptions | null {
  if (!oidc?.client) return null;
  // Strict would keep it from the hub when the issuer leads back to it.
  const cookie = new OwnCookie('concord-sign-in', 'Lax', { host, publicUrl });
  return {
    issuer: new Issuer(oidc, oidc.client, `${publicUrl}/session/issuer`, clock),
    underWay: new SignInUnderWay(cookie, secrets.signIns, clock, randomness),
    access,
    memberships,
    attempts,
    publicUrl,
    log,
  };
}
