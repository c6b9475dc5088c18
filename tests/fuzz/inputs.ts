import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { Drawing } from '../contract/draw-document.ts';
import type { Chooser } from '../support/registry-steps.ts';
import { NAUGHTY_STRINGS, NAUGHTY_VALUES } from './naughty-strings.ts';

/** One request as it goes onto the wire. */
export interface Input {
  readonly kind: string;
  readonly method: string;
  readonly path: string;
  /** Beside those that sign in, which these replace. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Uint8Array;
  /** Only so many bytes of the body are sent, and then the line is cut. */
  readonly cutAfter?: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const GOOD = '{ viewer { label } }';

const GZIP_OF_MUCH = gzipSync(Buffer.alloc(20_000_000, 32));

const JSON_ODDITIES: readonly string[] = [
  '',
  'null',
  'true',
  '0',
  '"x"',
  '[]',
  '[[]]',
  '[null]',
  '{}',
  '{"query":null}',
  '{"query":""}',
  '{"query":1}',
  '{"query":[]}',
  '{"query":{}}',
  '{"query":" "}',
  '{"query":"#"}',
  '{"query":"{"}',
  '{"query":"{}"}',
  '{"query":"\\u0000"}',
  '{"query":"{ viewer { label \\ud800 } }"}',
  '{"query":"query A { viewer { label } } query B { viewer { label } }"}',
  '{"query":"query A { viewer { label } }","operationName":"B"}',
  '{"query":"query A { viewer { label } }","operationName":7}',
  '{"query":"query A { viewer { label } }","operationName":{}}',
  '{"query":"fragment F on Actor { id }"}',
  '{"query":"type A { b: Int }"}',
  '{"query":"subscription { suggestionChanged { id } }"}',
  '{"query":"{ viewer { label } }","variables":[]}',
  '{"query":"{ viewer { label } }","variables":"x"}',
  '{"query":"{ viewer { label } }","variables":7}',
  '{"query":"{ viewer { label } }","variables":null,"extensions":null}',
  '{"query":"{ viewer { label } }","extensions":[]}',
  '{"query":"{ viewer { label } }","extensions":{"persistedQuery":7}}',
  '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
  '{"query":"{ viewer { label } }","extensions":{"persistedQuery":{"version":2}}}',
  '{"query":"{ viewer { label } }","__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}',
  '{"query":"{ viewer { label } }","query":"{"}',
  '\ufeff{"query":"{ viewer { label } }"}',
  '{"query":"{ viewer { label } }",}',
  "{'query':'x'}",
  '{"query":"{ viewer { label } }"} x',
  '{"query":NaN}',
  '{"query":"query ($a: Int) { viewer { label } }","variables":{"a":1e999}}',
  '{"query":"query ($a: Nothing) { viewer { label } }"}',
  '{"query":"query ($a: ID!) { node(id: $a) { id } }","variables":{"a":{"toString":"x"}}}',
  '{"query":"query ($a: ID!) { node(id: $a) { id } }","variables":{"a":["act_x"]}}',
  '[{"query":"{ viewer { label } }"},{"query":"{ viewer { label } }"}]',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `{"query":"{ viewer { label } }","variables":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
];

const PATHS = [
  '/graphql/',
  '//graphql',
  '/graphql?query={viewer{label}}',
  '/graphql/%ff',
  '/%',
  '/%00',
  '/graphiql',
  '/healthz/..',
  '/imports',
  '/imports/x/annotated',
  '/imports/%ff/annotated',
  '/exports/programmes.csv?filter=',
  '/exports/programmes.csv?filter={"search":"\\u0000"}',
  '/exports/programmes.csv?filter=[]&filter=x',
  '/exports/..%2f..%2fetc',
  '/exports/briefs/%00.md',
  '/exports/briefs/x.html',
  '/calendars/x.ics',
  '/calendars/%ff.ics',
  '/unsubscribe/x',
  '/unsubscribe/%ff',
  '/graphql/stream',
  '/graphql/stream?token=x',
  '/__proto__',
  `/${'a'.repeat(5_000)}`,
];

/** Draws malformed and expensive requests, the same for the same chooser. */
export class Inputs {
  private readonly drawing: Drawing;
  private readonly roots: readonly { readonly keyword: string; readonly field: GraphQLField<unknown, unknown> }[];
  private turn = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly choose: Chooser,
    ids: readonly string[],
  ) {
    this.drawing = new Drawing(schema, choose, { ids: [...ids, ...NAUGHTY_STRINGS], texts: {} });
    const of = (keyword: string, type: GraphQLObjectType | null | undefined) =>
      Object.values(type?.getFields() ?? {}).map((field) => ({ keyword, field }));
    this.roots = [...of('query', schema.getQueryType()), ...of('mutation', schema.getMutationType())];
  }

  next(): Input {
    switch (this.choose.below(10)) {
      case 0:
        return this.posted('JSON', this.choose.oneOf(JSON_ODDITIES));
      case 1:
      case 2:
      case 3:
        return this.naughtyArgument();
      case 4:
      case 5:
        return this.operation('drawn', this.drawing.draw());
      case 6:
        return this.operation('mangled', this.mangled());
      case 7:
        return this.operation('bomb', { query: this.bomb(), variables: {} });
      case 8:
        return this.bytes();
      default:
        return this.request();
    }
  }

  /** Each argument of each field of the root in turn, with a naughty value somewhere in it. */
  private naughtyArgument(): Input {
    const { keyword, field } = this.roots[this.turn % this.roots.length] ?? this.choose.oneOf(this.roots);
    this.turn += 1;
    const aimed = field.args.length > 0 ? this.choose.oneOf(field.args).name : '';
    const args = field.args.filter((argument) => argument.name === aimed || isRequiredArgument(argument));
    const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
    const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
    const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
    const query = `${keyword}${declared && ` (${declared})`} { ${field.name}${passed && `(${passed})`}${selection} }`;
    const variables = Object.fromEntries(args.map(({ name, type }) => [name, this.value(type, 0)]));
    return this.operation('argument', { query, variables });
  }

  private value(type: GraphQLInputType, depth: number): unknown {
    if (this.choose.below(100) < 4) return this.choose.oneOf(NAUGHTY_VALUES);
    if (isNonNullType(type)) return this.value(type.ofType, depth);
    if (isListType(type)) return Array.from({ length: this.choose.below(3) }, () => this.value(type.ofType, depth));
    if (isEnumType(type)) return this.choose.oneOf([...type.getValues().map(({ name }) => name), 'NOTHING']);
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isRequiredInputField(field) || (depth < 4 && this.choose.below(100) < 40),
      );
      return Object.fromEntries(fields.map((field) => [field.name, this.value(field.type, depth + 1)]));
    }
    switch (type.name) {
      case 'Int':
        return this.choose.oneOf([0, 1, 2, -1, 101, 2_147_483_647, -2_147_483_648]);
      case 'Float':
        return this.choose.oneOf([0, -0, 0.5, 1e308, -1e308, 1e-320]);
      case 'Boolean':
        return this.choose.below(2) === 0;
      case 'CalendarDate':
        return this.choose.oneOf(['2027-03-01', '2027-02-29', '0001-01-01', '9999-12-31', '', '2027-3-1']);
      default:
        return this.choose.oneOf(NAUGHTY_STRINGS);
    }
  }

  private mangled(): { query: string; variables: object } {
    const { query, variables } = this.drawing.draw();
    let text = query;
    for (let change = 0; change <= this.choose.below(4); change += 1) {
      const at = this.choose.below(text.length);
      const put = this.choose.oneOf([
        '',
        '{',
        '}',
        '(',
        '"',
        '"""',
        '@',
        '...',
        '$',
        '\u0000',
        '\ud800',
        '#',
        '1e',
        '&',
      ]);
      text = text.slice(0, at) + put + text.slice(at + this.choose.below(5));
    }
    return { query: text, variables };
  }

  private bomb(): string {
    const size = 2 + this.choose.below(400);
    const many = (text: (index: number) => string, count = size): string =>
      Array.from({ length: count }, (_, index) => text(index)).join(' ');
    const fragments = (next: (index: number) => string): string =>
      many((index) => `fragment F${String(index)} on Actor { id ${next(index)} }`, Math.min(size, 90));
    const after = (index: number): string => (index + 1 < Math.min(size, 90) ? `...F${String(index + 1)}` : 'name');
    switch (this.choose.below(14)) {
      case 0:
        return `{ ${many((index) => `a${String(index)}: actors(first: 100) { nodes { id } }`)} }`;
      case 1:
        return `{ actors { nodes { ...F0 } } } ${fragments((index) => `${after(index)} ${after(index)}`)}`;
      case 2:
        return `{ actors { nodes { ...F0 } } } ${fragments(() => '...F0 ...F1')}`;
      case 3:
        return `{ actors(first: 100) { nodes { ${'programmes(first: 100) { nodes { owner { '.repeat(size)} id ${'} } }'.repeat(size)} } } }`;
      case 4:
        return `{ viewer { label ${'@include(if: true) '.repeat(size)} } }`;
      case 5:
        return `{ node(id: ${'['.repeat(size)}1${']'.repeat(size)}) { id } }`;
      case 6:
        return `{ actors(filter: ${'{ a: '.repeat(size)}1${' }'.repeat(size)}) { nodes { id } } }`;
      case 7:
        return `query (${many((index) => `$v${String(index)}: ${'['.repeat(index % 30)}Int${']'.repeat(index % 30)}`)}) { viewer { label } }`;
      case 8:
        return `{ __schema { types { ${'fields { type { '.repeat(Math.min(size, 40))} name ${'} }'.repeat(Math.min(size, 40))} } } }`;
      case 9:
        return `{ __schema { types { name kind ${'ofType { '.repeat(size)} name ${'}'.repeat(size)} } } }`;
      case 10:
        return `{ ${many(() => 'actors { nodes { id } }')} }`;
      case 11:
        return `{ actors(first: ${'9'.repeat(size)}) { nodes { id } totalCount } }`;
      case 12:
        return many((index) => `query Q${String(index)} { viewer { label } }`);
      default:
        return `{ viewer { label } } ${'"""'.repeat(size)} ${'#'.repeat(size)} ${'x'.repeat(size * 100)}`;
    }
  }

  private bytes(): Input {
    const good = Buffer.from(JSON.stringify({ query: GOOD }));
    const packed = gzipSync(good);
    const text = JSON.stringify({ query: GOOD });
    const swapped = Buffer.from(text, 'utf16le').swap16();
    const cut = 1 + this.choose.below(good.length - 1);
    const variants: readonly (() => Input)[] = [
      () => this.sent('gzip', packed, { 'content-encoding': 'gzip' }),
      () => this.sent('gzip cut', packed.subarray(0, this.choose.below(packed.length)), { 'content-encoding': 'gzip' }),
      () => this.sent('gzip that is none', good, { 'content-encoding': 'gzip' }),
      () => this.sent('gzip of much', GZIP_OF_MUCH, { 'content-encoding': 'gzip' }),
      () => this.sent('deflate', deflateSync(good), { 'content-encoding': 'deflate' }),
      () => this.sent('brotli', brotliCompressSync(good), { 'content-encoding': 'br' }),
      () => this.sent('packed unknown', good, { 'content-encoding': 'zstd, x' }),
      () => this.sent('UTF-16', Buffer.from(text, 'utf16le'), { 'content-type': 'application/json; charset=utf-16le' }),
      () => this.sent('UTF-16', swapped, { 'content-type': 'application/json; charset=utf-16be' }),
      () => this.sent('UTF-16 unsaid', Buffer.from(text, 'utf16le'), {}),
      () => this.sent('no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0xc0, 0x80, 0x7d]), {}),
      () => this.sent('charset unknown', good, { 'content-type': 'application/json; charset=klingon' }),
      () => this.sent('random', this.random(this.choose.below(2_000)), {}),
      () => this.sent('large', Buffer.alloc(102_401 + this.choose.below(200_000), 97), {}),
      () => this.sent('content type', good, { 'content-type': this.choose.oneOf(TYPES) }),
      () => ({ ...this.sent('cut off', good, { 'content-length': String(good.length) }), cutAfter: cut }),
      () => ({ ...this.sent('slow', good, { 'transfer-encoding': 'chunked' }), cutAfter: cut }),
    ];
    return this.choose.oneOf(variants)();
  }

  private request(): Input {
    const body = Buffer.from(JSON.stringify({ query: GOOD }));
    const of = (kind: string, more: Partial<Input>): Input => ({ ...this.sent(kind, body, {}), ...more });
    const variants: readonly (() => Input)[] = [
      () =>
        of('method', {
          method: this.choose.oneOf(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']),
        }),
      () => of('path', { method: this.choose.oneOf(['GET', 'POST']), path: this.choose.oneOf(PATHS) }),
      () => of('stream', { path: '/graphql/stream', headers: { ...JSON_TYPE, accept: this.choose.oneOf(ACCEPTS) } }),
      () => ({
        ...this.operation('stream', { query: this.bomb(), variables: {} }),
        path: '/graphql/stream',
        headers: { ...JSON_TYPE, accept: 'text/event-stream' },
      }),
      () => of('accept', { headers: { ...JSON_TYPE, accept: this.choose.oneOf(ACCEPTS) } }),
      () => of('headers', { headers: { ...JSON_TYPE, 'x-large': 'x'.repeat(1 + this.choose.below(30_000)) } }),
      () =>
        of('headers', {
          headers: Object.fromEntries(
            Array.from({ length: this.choose.below(300) }, (_, at) => [`x-${String(at)}`, 'y']),
          ),
        }),
      () => of('actor', { headers: { ...JSON_TYPE, 'concord-actor': this.choose.oneOf(HEADER_TEXTS) } }),
      () => of('key', { headers: { ...JSON_TYPE, authorization: `Bearer ${this.choose.oneOf(HEADER_TEXTS)}` } }),
      () => of('key', { headers: { ...JSON_TYPE, authorization: this.choose.oneOf(HEADER_TEXTS) } }),
      () => of('condition', { headers: { ...JSON_TYPE, 'if-none-match': '*', range: 'bytes=0-1', expect: 'nothing' } }),
    ];
    return this.choose.oneOf(variants)();
  }

  private operation(kind: string, { query, variables }: { query: string; variables: object }): Input {
    return this.posted(kind, JSON.stringify({ query, variables }));
  }

  private posted(kind: string, body: string): Input {
    return this.sent(kind, Buffer.from(body), {});
  }

  private sent(kind: string, body: Uint8Array, headers: Record<string, string>): Input {
    return { kind, method: 'POST', path: '/graphql', headers: { ...JSON_TYPE, ...headers }, body };
  }

  private random(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.choose.below(256));
  }
}

const TYPES = [
  'text/plain',
  'application/graphql',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json;;;=',
  'application/json; charset="',
  'application/JSON',
  'application/ld+json',
  'x',
  '*/*',
];
const ACCEPTS = [
  '',
  '*/*',
  'text/html',
  'application/xml',
  'text/event-stream',
  'multipart/mixed',
  'a/b;q=9',
  ';;;',
  'x'.repeat(3_000),
];
const HEADER_TEXTS = [
  '',
  'x',
  'Basic eDp4',
  'ccd_',
  `ccd_live_${'a'.repeat(8)}_${'b'.repeat(43)}_00000000`,
  'eyJ.e30.x',
  'none',
  '%00',
  'é',
  'x'.repeat(4_000),
];
