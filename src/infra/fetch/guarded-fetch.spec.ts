import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GuardedFetch } from './guarded-fetch.js';

const OPEN_HERE = { allow: ['127.0.0.1/32'] };
const options = { maxBytes: 100_000, signal: new AbortController().signal };
const bytes = randomBytes(80_000);

describe('GuardedFetch', () => {
  let server: Server;
  let origin: string;
  let fetch: GuardedFetch;
  let asked: string[];
  let answer: RequestListener;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    fetch = new GuardedFetch(OPEN_HERE, { idleTimeoutMs: 200, paceAfterMs: 50, minBytesPerSecond: 1_000_000 });
  });
  afterEach(async () => {
    await fetch.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const read = async (path = '/a.mp4'): Promise<Buffer> => buffer((await fetch.open(origin + path, options)).body);

  it('streams the file and tells its type and size', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'Video/MP4; codecs=x', 'content-length': bytes.length }).end(bytes);
    const file = await fetch.open(`${origin}/a.mp4?signature=1`, options);
    expect(file).toMatchObject({ contentType: 'video/mp4', contentLength: bytes.length });
    expect((await buffer(file.body)).equals(bytes)).toBe(true);
    expect(asked).toEqual(['/a.mp4?signature=1']);
  });

  it('follows a few redirects, relative ones too', async () => {
    answer = ({ url }, response) => {
      if (url === '/a.mp4') response.writeHead(302, { location: '/b.mp4' }).end();
      else if (url === '/b.mp4') response.writeHead(307, { location: `${origin}/c.mp4` }).end('moved');
      else response.end(bytes);
    };
    expect((await read()).equals(bytes)).toBe(true);
    expect(asked).toEqual(['/a.mp4', '/b.mp4', '/c.mp4']);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'http://2130706434/',
    'https://[::ffff:10.0.0.1]/',
    'http://localhost:1/',
    'file:///etc/passwd',
    'https://user:secret@example.com/',
  ])('does not follow a redirect to %s', async (location) => {
    answer = (_, response) => response.writeHead(302, { location }).end();
    await expect(read()).rejects.toMatchObject({ code: 'url.refused', kind: 'unprocessable' });
    expect(asked).toHaveLength(1);
  });

  it('gives up on a ring of redirects', async () => {
    answer = (_, response) => response.writeHead(301, { location: '/again' }).end();
    await expect(read()).rejects.toMatchObject({ code: 'url.too_many_redirects' });
    expect(asked).toHaveLength(4);
  });

  it.each([
    [404, 'unprocessable'],
    [403, 'unprocessable'],
    [204, 'unprocessable'],
    [206, 'unprocessable'],
    [302, 'unprocessable'],
    [429, 'unavailable'],
    [503, 'unavailable'],
  ])('refuses the answer %i as %s', async (status, kind) => {
    answer = (_, response) => response.writeHead(status).end();
    await expect(read()).rejects.toMatchObject({ code: 'url.answered', kind, context: { answered: status } });
  });

  it('refuses a file that says it is too large before reading it', async () => {
    answer = (_, response) => void response.writeHead(200, { 'content-length': options.maxBytes + 1 }).write('x');
    await expect(fetch.open(origin, options)).rejects.toMatchObject({ code: 'url.too_large', kind: 'too_large' });
  });

  it('stops a file that turns out too large', async () => {
    answer = (_, response) => {
      response.write(bytes);
      response.end(bytes);
    };
    await expect(read()).rejects.toMatchObject({ code: 'url.too_large' });
  });

  it('stops a drip that never pauses long enough to count as dead', async () => {
    answer = (_, response) => {
      const drip = setInterval(() => response.write('x'), 10);
      response.once('close', () => clearInterval(drip));
    };
    await expect(read()).rejects.toMatchObject({ code: 'url.too_slow', kind: 'unavailable' });
  });

  it.each([
    ['before its head', () => undefined],
    ['in its body', (response: Parameters<RequestListener>[1]) => void response.write('x')],
  ])('stops an answer that goes silent %s', async (_, begin) => {
    answer = (_request, response) => begin(response);
    await expect(read()).rejects.toMatchObject({ code: 'url.too_slow' });
  });

  it('notices a body that ends too early', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': 1_000 }).write('x');
      setImmediate(() => response.destroy());
    };
    await expect(read()).rejects.toMatchObject({ code: 'url.unreachable', kind: 'unavailable' });
  });

  it('says that nobody listens there', async () => {
    await expect(fetch.open('http://127.0.0.1:1/', options)).rejects.toMatchObject({
      code: 'url.unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('ends when its caller gives up', async () => {
    const abort = new AbortController();
    answer = () => abort.abort();
    await expect(fetch.open(origin, { ...options, signal: abort.signal })).rejects.toMatchObject({
      code: 'url.unreachable',
    });
  });
});
