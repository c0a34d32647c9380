import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

/** Where `npm run build:web` puts the dashboard. */
const FOLDER = fileURLToPath(new URL('../../web/', import.meta.url));

/** First parts of the addresses that the dashboard's own router knows (`web/src/pages.ts`, `web/src/app.tsx`). */
const PAGES: ReadonlySet<string> = new Set([
  ...['', 'calendar', 'compose', 'library', 'queues', 'routes', 'accounts', 'incidents', 'drills', 'audience'],
  ...['analytics', 'settings', 'sign-in', 'setup', 'new-password'],
]);

const FILES: ReadonlySet<string> = new Set(['favicon.svg', 'scheme.js']);

const A_YEAR_SECONDS = 31_536_000;

/** Names under `assets/` carry a hash of what is in them, so they may be kept; everything else is asked for again. */
const setHeaders = (response: ServerResponse, path: string): void => {
  const isHashed = path.startsWith('/assets/');
  response.setHeader('Cache-Control', isHashed ? `public, max-age=${A_YEAR_SECONDS}, immutable` : 'no-cache');
};

/** Whether the dashboard answers this path; everything else is the API's and the public pages'. */
export const isWebPath = (path: string): boolean => {
  const [first = '', ...rest] = path.slice(1).split('/');
  if (first === 'assets') return true;
  // An invitation's link; what lies under `join/` are sign-up pages.
  if (rest.length === 0) return PAGES.has(first) || FILES.has(first) || first === 'join';
  // A name with a dot is a file of somebody else's, such as `calendar/<secret>.ics`.
  return PAGES.has(first) && !(rest.at(-1) ?? '').includes('.');
};

type Next = () => void;

/** Serves the built dashboard, compressed beforehand; undefined when it is not built. */
export const serveWebApp = ():
  ((request: IncomingMessage, response: ServerResponse, next: Next) => void) | undefined => {
  if (!existsSync(`${FOLDER}index.html`)) return undefined;
  const serve = sirv(FOLDER, { single: true, brotli: true, gzip: true, etag: true, setHeaders });
  return (request, response, next) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && isWebPath(path)) serve(request, response, next);
    else next();
  };
};
