import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from './principal.js';

/** Where the `type` of every problem document points. */
export const PROBLEMS_PATH = '/docs/problems';

/** Codes that any route may answer; a room's own codes say what to do in their `detail`. */
const GENERAL: readonly (readonly [status: number, code: string, meaning: string])[] = [
  [400, 'request.invalid', 'One or more fields are wrong; <code>errors</code> names each with its rule.'],
  [400, 'request.unknown_field', 'A field is not known here. Check its spelling.'],
  [400, 'request.bad_id', 'An id in the path is not a UUID.'],
  [400, 'request.bad_cursor', 'The cursor was not made by this list.'],
  [400, 'body.malformed', 'The body is not JSON, or holds a NUL or half of a character.'],
  [401, 'key.missing', 'There is no API key in <code>Authorization: Bearer</code>.'],
  [404, 'route.not_found', 'There is no such route.'],
  [413, 'body.too_large', 'The body is larger than the route accepts.'],
  [415, 'body.not_json', 'The body is not declared as JSON.'],
  [415, 'body.unsupported', 'The charset or encoding of the body is not read here.'],
  [429, 'request.too_many', 'More requests in a minute than the key or address may make; see <code>RateLimit</code>.'],
  [500, 'internal', 'A fault on our side; nothing was stored. Quote the <code>requestId</code>.'],
];

/** By status, since every room's codes keep to these. */
const KINDS: readonly (readonly [status: number, meaning: string])[] = [
  [400, 'It can never succeed as sent: change the request.'],
  [401, 'Nobody is known by this key.'],
  [403, 'The key lacks the scope.'],
  [404, 'Nothing of that name in your workspace.'],
  [409, 'The state of the thing, or of a platform, does not allow it now.'],
  [410, 'It was here, and has ended for good.'],
  [412, 'Your copy is old: read it again, then send the new <code>ETag</code> as <code>If-Match</code>.'],
  [413, 'Larger than the route accepts: send less.'],
  [415, 'Of a kind or encoding that is not read here.'],
  [422, 'Well formed, but refused: by a platform, or by a rule that <code>detail</code> names.'],
  [429, 'Too often: wait as <code>Retry-After</code> says, where it is sent.'],
  [503, 'Not now: the same request may succeed later.'],
];

const rows = (lines: readonly string[][]): string =>
  lines.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Problems - Perennial</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
td{padding:.2rem .8rem .2rem 0;vertical-align:top}:target{background:#fe9}</style></head>
<body><main><h1>Problems</h1>
<p>Every refusal is a problem document (RFC 9457, <code>application/problem+json</code>). <code>code</code> is stable, and
programs may switch on it; <code>detail</code> tells a person what to do next; <code>errors</code> lists every faulty
field; <code>requestId</code> is also in our log.</p>
<h2>By status</h2><table>${rows(KINDS.map(([status, meaning]) => [String(status), meaning]))}</table>
<h2>Codes of any route</h2><p>All others are named after the thing they concern, as in <code>target.too_late</code>.</p>
<table>${rows(GENERAL.map(([status, code, meaning]) => [`<code id="${code}">${code}</code>`, String(status), meaning]))}</table>
<p><a href="/docs">All routes</a></p></main></body></html>
`;

/** How to read a problem document. */
@Controller()
@ApiExcludeController()
export class ProblemsController {
  @Get(PROBLEMS_PATH)
  @Public()
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(): string {
    return PAGE;
  }
}
