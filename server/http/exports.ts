import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { type GraphQLSchema, GraphQLError, coerceInputValue, isInputType } from 'graphql';
import { BRIEF_FORMATS, type BriefExportService, type BriefFormat } from '../../core/exports/brief-export.service.ts';
import { EXPORTS, EXPORT_FORMATS, type ExportList, type ExportName } from '../../core/exports/export-kinds.ts';
import type { ExportService } from '../../core/exports/export.service.ts';
import { BadRequest } from '../../core/projection/selection.ts';
import type { Log } from '../../platform/log.ts';
import type { RequestContext } from '../../schema/context.ts';
import { checkNul } from '../../schema/nul.ts';
import { errorBody } from './errors.ts';
import type { OpenStreams } from './open-streams.ts';

/** Nobody takes what is sent: it is ended, so that it frees its connection to the database. */
const STALLED_MS = 60_000;
/** However steadily it is taken. */
const LONGEST_MS = 600_000;

/** The filter of a list, as the schema has it. */
const FILTER_OF: Readonly<Record<ExportList, string>> = {
  actors: 'ActorFilter',
  programmes: 'ProgrammeFilter',
  campaigns: 'CampaignFilter',
  // Of a calendar without end all is taken out, unless days are asked for.
  calendar: 'CampaignEntryFilter',
  overlaps: 'OverlapFilter',
  suggestions: 'SuggestionFilter',
};

export interface ExportOptions {
  readonly schema: GraphQLSchema;
  readonly exports: ExportService;
  readonly streams: OpenStreams;
  readonly log: Log;
}

/**
 * `GET /exports/programmes.csv?filter={"countries":["BD"]}`: a whole list with the rights of whoever asks. It ends when they go away,
 * lose their right, or take nothing more; then the connection breaks, so that nobody takes a part for the whole.
 */
export function serveExports(options: ExportOptions): RequestHandler {
  return async (request, response) => {
    const name = EXPORTS.get(String(request.params['file']));
    if (name === undefined) {
      const known = [...EXPORTS.keys()].join(', ');
      response.status(404).json(errorBody('NOT_FOUND', `There is no such export. There are: ${known}.`));
      return;
    }
    const filter = filterOf(options.schema, name.list, request);
    if (request.method === 'HEAD') {
      response.setHeader('content-type', EXPORT_FORMATS[name.format].mediaType).end();
      return;
    }
    await send(options, { ...name, filter }, response);
  };
}

/** `GET /exports/briefs/rohingya_andaman.html` */
export function serveBriefs(briefs: BriefExportService): RequestHandler {
  return async (request, response) => {
    const [, corridor, format] = /^([^.]+)\.(md|html)$/.exec(String(request.params['file'])) ?? [];
    if (corridor === undefined || !isBriefFormat(format)) {
      const known = Object.keys(BRIEF_FORMATS).join(' or ');
      response.status(404).json(errorBody('NOT_FOUND', `A brief is the code of a corridor, a dot, and ${known}.`));
      return;
    }
    const { viewer } = contextOf(response);
    const brief = await briefs.ofCorridor(viewer, corridor, format);
    describe(response, brief);
    if (brief.contentSecurityPolicy !== null) {
      response.setHeader('content-security-policy', brief.contentSecurityPolicy);
      response.setHeader('referrer-policy', 'no-referrer');
    }
    response.send(brief.content);
  };
}

const isBriefFormat = (format: string | undefined): format is BriefFormat =>
  format !== undefined && Object.hasOwn(BRIEF_FORMATS, format);

const contextOf = (response: Response): RequestContext => response.locals['context'] as RequestContext;

async function send(
  { exports, streams, log }: ExportOptions,
  asked: ExportName & { readonly filter: Readonly<Record<string, unknown>> },
  response: Response,
): Promise<void> {
  const context = contextOf(response);
  const gone = new AbortController();
  const end = (): void => {
    gone.abort(new Gone());
  };
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(LONGEST_MS)]);
  response.once('close', end);
  response.setTimeout(STALLED_MS, end);
  const forget = streams.add({ context, end });
  try {
    const opened = await exports.open(context.viewer, asked, signal);
    if (opened.kind === 'busy') {
      response.setHeader('retry-after', String(opened.retryAfterS));
      response.status(503).json(errorBody('UNAVAILABLE', opened.reason));
      return;
    }
    try {
      describe(response, opened);
      response.setHeader('concord-rows', String(opened.rows));
      await pipeline(Readable.from(opened.content), response, { signal });
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (!signal.aborted && !response.headersSent) throw error;
    // What has begun cannot say that it failed, except by ending before its end.
    response.destroy();
    if (!signal.aborted) log.error({ requestId: context.requestId, err: error }, 'an export broke off');
  } finally {
    forget();
  }
}

/** Whoever asked has gone, or may not have it any more. */
class Gone extends Error {
  override readonly name = 'AbortError';
}

interface Described {
  readonly fileName: string;
  readonly mediaType: string;
  readonly sensitivity: string;
}

function describe(response: Response, { fileName, mediaType, sensitivity }: Described): void {
  response.setHeader('content-type', mediaType);
  response.setHeader('content-disposition', `attachment; filename="${fileName}"`);
  response.setHeader('concord-sensitivity', sensitivity);
}

/** What the query string asks for, checked as GraphQL checks it. @throws {BadRequest} naming what is wrong */
function filterOf(schema: GraphQLSchema, list: ExportList, request: Request): Readonly<Record<string, unknown>> {
  const unknown = Object.keys(request.query).find((name) => name !== 'filter');
  if (unknown !== undefined) throw new BadRequest(`${unknown}: there is only \`filter\`, a JSON object.`);
  const { filter: written } = request.query;
  if (written === undefined) return {};
  const type = schema.getType(FILTER_OF[list]);
  if (!isInputType(type)) throw new Error(`${FILTER_OF[list]} is no input of the schema`);
  const given = asJson(written);
  const coerced: unknown = coerceInputValue(given, type, (path, _value, error) => {
    throw new BadRequest(['filter', ...path].join('.').concat(`: ${error.message}`));
  });
  checkNul({ filter: coerced });
  return coerced as Readonly<Record<string, unknown>>;
}

function asJson(written: unknown): unknown {
  try {
    const given: unknown = JSON.parse(String(written));
    if (typeof given === 'object' && given !== null) return given;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new BadRequest('filter: expected a JSON object such as {"countries":["BD"]}, percent-encoded.');
}

/** What a caller did wrong, in the shape that the other errors have; anything else is not for here. */
export const tellMistakes = (error: unknown, response: Response): boolean => {
  if (!(error instanceof BadRequest) && !(error instanceof GraphQLError)) return false;
  response.status(400).json(errorBody('BAD_USER_INPUT', error.message));
  return true;
};
