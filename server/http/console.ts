import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Router, type Request, type Response } from 'express';

/** The first part of each path that is a view of the console; what comes after it, the console knows. */
export const VIEWS = [
  'today',
  'suggestions',
  'calendar',
  'map',
  'matrix',
  'corridor',
  'registry',
  'joint-campaigns',
  'admin',
] as const;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** React Aria puts these rules into pages (usePress, and usePreventScroll on iOS), the same text each time; no other style may come from a script's text. */
const STYLES_OF_REACT_ARIA = [
  '@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}',
  '@layer {\n  * {\n    overscroll-behavior: contain;\n  }\n}',
].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${STYLES_OF_REACT_ARIA.join(' ')}`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

interface File {
  readonly type: string;
  readonly plain: Buffer;
  readonly br: Buffer | null;
  readonly gzip: Buffer | null;
}

/**
 * The console's files, as `npm run build` left them: read once, compressed already, told apart by names that hold a hash of what is
 * in them. They hold no data, so that nobody has to sign in for them.
 */
export function consoleRoutes(folder: string | null = builtConsole()): Router {
  const router = Router();
  const files = folder === null ? new Map<string, File>() : filesIn(folder);
  const page = (request: Request, response: Response): void => {
    const index = files.get('/index.html');
    response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    response.setHeader('cache-control', 'no-cache');
    if (index) send(request, response, index);
    else response.status(404).type('text').send('The console is not built: run `npm run build`.');
  };
  router.get(['/', ...VIEWS.map((view) => `/${view}{/*rest}`)], page);
  router.get('/assets/:name', (request, response, next) => {
    const file = files.get(`/assets/${request.params.name}`);
    if (!file) {
      next();
      return;
    }
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    send(request, response, file);
  });
  return router;
}

/** Beside the sources; compiled, this file lies one folder deeper. */
function builtConsole(): string | null {
  const candidates = ['../..', '../../..'].map((up) => join(import.meta.dirname, up, 'console/dist'));
  return candidates.find((folder) => existsSync(join(folder, 'index.html'))) ?? null;
}

function filesIn(folder: string): Map<string, File> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const known = new Set(names);
  const read = (name: string): Buffer | null => (known.has(name) ? readFileSync(join(folder, name)) : null);
  const files = new Map<string, File>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const plain = readFileSync(join(folder, name));
    files.set(`/${name}`, { type, plain, br: read(`${name}.br`), gzip: read(`${name}.gz`) });
  }
  return files;
}

function send(request: Request, response: Response, { type, plain, br, gzip }: File): void {
  response.setHeader('content-type', type);
  response.vary('accept-encoding');
  const encoding = request.acceptsEncodings(...(br ? ['br'] : []), ...(gzip ? ['gzip'] : []), 'identity');
  const body = encoding === 'br' ? br : encoding === 'gzip' ? gzip : null;
  if (body) response.setHeader('content-encoding', String(encoding));
  response.end(body ?? plain);
}
