import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishContent } from '../../domain/publish-content.js';
import { PlatformHttp } from '../../infrastructure/platform-http.js';
import { SkylightAdapter } from './skylight.adapter.js';
import { SKYLIGHT_DEFAULTS } from './skylight.config.js';

const DID = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
const clock = { now: () => new Date('2026-01-26T12:00:00Z') };

const content: PublishContent = {
  caption: 'Soup',
  tags: [],
  media: {
    ...{ sha256: 'a', bytes: 3, mimeType: 'video/mp4', durationMs: 6_000, width: 720, height: 1280, fps: 24 },
    open: () => Readable.from([Buffer.from('abc')]),
  },
  marker: 'm1',
  scheduledAt: clock.now(),
  staleAt: clock.now(),
  options: {},
};
const resume = { handle: '3mdd6zlco5v2b', did: DID, record: { $type: 'app.bsky.feed.post', text: 'Soup' } };

let server: Server;
let paths: string[];
let answer: (response: ServerResponse) => void;
let http: PlatformHttp;
let url: string;

beforeEach(async () => {
  paths = [];
  server = createServer((request, response) => {
    paths.push(request.url ?? '');
    request.resume();
    request.once('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = new PlatformHttp({ metadataTimeoutMs: 1_500, uploadIdleTimeoutMs: 1_500 });
});
afterEach(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});

const ctx = (service: string): PlatformContext => ({
  accountId: 'a',
  externalId: DID,
  credentials: { service, did: DID, handle: 'm.test', accessJwt: 'a.b.c', refreshJwt: 'd.e.f' },
  signal: new AbortController().signal,
});
const adapter = () => new SkylightAdapter({ ...SKYLIGHT_DEFAULTS, serviceUrl: url, upload: 'blob' }, http, clock);

/** Bytes that come too slowly to ever end; the timer dies with the connection. */
const drip = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 40);
  response.once('close', () => clearInterval(timer));
};

describe('a server that misbehaves', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['HTML with 200', (response) => response.end('<html><body>Welcome')],
    ['a truncated body', (response) => response.writeHead(200, { 'content-length': '50' }).end('{"uri":"at:')],
    ['wrong types', (response) => response.end('{"uri":7,"cid":[]}')],
    ['10 MB of JSON', (response) => response.end(`{"uri":"${'x'.repeat(10_000_000)}"}`)],
    ['a redirect to a private address', (response) => response.writeHead(307, { location: 'http://10.0.0.1/' }).end()],
    ['a slow drip', drip],
    ['a cut connection', (response) => response.destroy()],
  ])('%s: the post may be there, a read proves nothing, and nothing is sent twice', async (_what, misbehave) => {
    answer = misbehave;
    expect((await adapter().commit(ctx(url), content, resume)).kind).toBe('unknown');
    expect((await adapter().check(ctx(url), resume)).kind).toBe('unavailable');
    expect((await adapter().refresh(ctx(url)))?.kind).toBe('unavailable');
    expect(paths).toHaveLength(3);
  });

  it.each(['did:web:256.256.256.256', 'did:web:pds.example%3A99999'])(
    'is no server at all where %s leads: refused in words',
    async (identifier) => {
      answer = (response) => response.writeHead(400).end('{"error":"InvalidRequest"}');
      const { signal } = ctx(url);
      const outcome = await adapter().connect({ identifier, password: 'abcd-efgh' }, signal);
      expect(outcome).toMatchObject({ kind: 'rejected', category: 'account_issue' });
    },
  );

  it.each(['mailto:mara@pds.example', 'javascript:alert(1)', 'at://pds.example'])(
    'is no PDS when a document names %s',
    async (serviceEndpoint) => {
      const document = {
        id: DID,
        service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint }],
      };
      answer = (response) => response.end(JSON.stringify(document));
      const own = new SkylightAdapter({ ...SKYLIGHT_DEFAULTS, serviceUrl: url, plcUrl: url }, http, clock);
      const outcome = await own.connect({ identifier: DID, password: 'abcd-efgh' }, ctx(url).signal);
      expect(outcome).toMatchObject({ kind: 'rejected', platformCode: 'NoPds' });
    },
  );

  it.each(['http://127.0.0.1:1', 'https://10.0.0.1', 'https://169.254.169.254'])(
    'is never asked at %s, however the account came to name it',
    async (service) => {
      answer = (response) => response.end('{}');
      expect((await adapter().commit(ctx(service), content, resume)).kind).toBe('unavailable');
      expect(paths).toEqual([]);
    },
  );
});
