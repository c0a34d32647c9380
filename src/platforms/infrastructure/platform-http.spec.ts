import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { type PlatformAnswer, PlatformHttp } from './platform-http.js';

const live = new AbortController().signal;
const cleanups: (() => Promise<unknown>)[] = [];
let http: PlatformHttp;

beforeEach(() => {
  http = new PlatformHttp({ connectTimeoutMs: 1_000, metadataTimeoutMs: 1_500, maxAnswerBytes: 1_000 });
});
afterEach(async () => {
  await http.close();
  await Promise.all(cleanups.splice(0).map((stop) => stop()));
});

const listen = async (server: Server | HttpServer): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const webServer = async (handle: Parameters<typeof createServer>[1]): Promise<string> => {
  const server = createServer(handle as never);
  cleanups.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return listen(server);
};

/** A raw server, for everything a well-behaved one does not do. */
const rawServer = async (
  onData: (socket: Socket, text: string) => void,
): Promise<{ url: string; requests: string[] }> => {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      requests.push(data.toString());
      onData(socket, data.toString());
    });
  });
  cleanups.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      }),
  );
  return { url: await listen(server), requests };
};

const closedPort = async (): Promise<string> => {
  const server = createTcpServer();
  const url = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
};

const kindOf = (answer: PlatformAnswer): string => answer.kind;

describe('PlatformHttp', () => {
  it('gives back status, lower-case headers and text', async () => {
    const url = await webServer((_request, response) => {
      response.writeHead(418, { 'X-Thing': 'a' }).end('tea');
    });
    const answer = await http.send({ method: 'GET', url, signal: live });
    expect(answer).toMatchObject({ kind: 'response', status: 418, text: 'tea', headers: { 'x-thing': 'a' } });
  });

  it('sends nothing to a private address that somebody else named', async () => {
    let calls = 0;
    const url = await webServer((_request, response) => {
      calls += 1;
      response.end('secret');
    });
    const named = { method: 'GET', signal: live, guarded: true } as const;
    const byName = url.replace('127.0.0.1', 'localhost').replace('http:', 'https:');
    for (const target of [
      url,
      byName,
      'http://example.com/',
      'https://user:pw@example.com/',
      'https://169.254.169.254/',
    ])
      expect(await http.send({ ...named, url: target })).toMatchObject({ kind: 'not_sent' });
    expect(calls).toBe(0);
    const open = new PlatformHttp({}, { allow: ['127.0.0.1/32'] });
    expect(await open.send({ ...named, url })).toMatchObject({ kind: 'response', text: 'secret' });
    await open.close();
  });

  it('does not follow redirects, 308 included', async () => {
    let calls = 0;
    const url = await webServer((_request, response) => {
      calls += 1;
      response.writeHead(308, { location: '/elsewhere', range: 'bytes=0-9' }).end();
    });
    const answer = await http.send({ method: 'PUT', url, body: 'x', signal: live });
    expect(answer).toMatchObject({ kind: 'response', status: 308, headers: { range: 'bytes=0-9' } });
    expect(calls).toBe(1);
  });

  it.each([false, true])('says not_sent when the connection is refused (irreversible %s)', async (irreversible) => {
    const answer = await http.send({ method: 'POST', url: await closedPort(), body: 'x', signal: live, irreversible });
    expect(answer).toMatchObject({ kind: 'not_sent', detail: expect.stringContaining('ECONNREFUSED') });
  });

  it('says not_sent when the name does not resolve', async () => {
    const answer = await http.send({ method: 'POST', url: 'http://nowhere.invalid/', body: 'x', signal: live });
    expect(kindOf(answer)).toBe('not_sent');
  });

  it('says not_sent when TLS fails', async () => {
    const { url } = await rawServer((socket) => socket.destroy());
    const answer = await http.send({ method: 'POST', url: url.replace('http:', 'https:'), body: 'x', signal: live });
    expect(kindOf(answer)).toBe('not_sent');
  });

  it('says not_sent when the deadline passed before the call', async () => {
    const answer = await http.send({ method: 'POST', url: 'http://127.0.0.1:1', signal: AbortSignal.abort() });
    expect(kindOf(answer)).toBe('not_sent');
  });

  it.each([false, true])(
    'says no_answer, after one try, when the socket closes on the request (irreversible %s)',
    async (irreversible) => {
      const { url, requests } = await rawServer((socket) => socket.destroy());
      const answer = await http.send({ method: 'POST', url, body: 'x', signal: live, irreversible });
      expect(kindOf(answer)).toBe('no_answer');
      expect(requests).toHaveLength(1);
    },
  );

  it('says no_answer after one try for a GET that loses its kept-alive connection', async () => {
    const { url, requests } = await rawServer((socket) => {
      if (requests.length === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      else socket.destroy();
    });
    expect(kindOf(await http.send({ method: 'GET', url, signal: live }))).toBe('response');
    expect(kindOf(await http.send({ method: 'GET', url, signal: live }))).toBe('no_answer');
    expect(requests).toHaveLength(2);
  });

  it('says no_answer when the answer stops in its body', async () => {
    const { url } = await rawServer((socket) => socket.end('HTTP/1.1 201 Created\r\ncontent-length: 50\r\n\r\n{"id"'));
    expect(kindOf(await http.send({ method: 'POST', url, body: 'x', signal: live }))).toBe('no_answer');
  });

  it('says no_answer when the answer stays away', async () => {
    const { url } = await rawServer(() => undefined);
    const answer = await http.send({ method: 'POST', url, body: 'x', signal: live });
    expect(answer).toEqual({ kind: 'no_answer', detail: expect.stringContaining('1500 ms') });
  });

  it('says no_answer when the caller aborts after the request left', async () => {
    const abort = new AbortController();
    const { url } = await rawServer(() => abort.abort());
    expect(kindOf(await http.send({ method: 'POST', url, body: 'x', signal: abort.signal }))).toBe('no_answer');
  });

  it('says no_answer when the answer is too long to read', async () => {
    const url = await webServer((_request, response) => response.end('x'.repeat(2_000)));
    expect(kindOf(await http.send({ method: 'GET', url, signal: live }))).toBe('no_answer');
  });

  it('streams a body of known length and destroys the stream', async () => {
    let received = 0;
    const url = await webServer((request, response) => {
      request.on('data', (chunk: Buffer) => (received += chunk.length));
      request.on('end', () => response.end(String(request.headers['content-length'])));
    });
    const body = Readable.from([Buffer.alloc(70_000), Buffer.alloc(30_000)]);
    const headers = { 'content-length': '100000' };
    const answer = await http.send({ method: 'PUT', url, headers, body, signal: live, kind: 'upload' });
    expect(answer).toMatchObject({ kind: 'response', text: '100000' });
    expect(received).toBe(100_000);
    expect(body.destroyed).toBe(true);
  });

  it('cuts an upload that makes no progress', async () => {
    const patient = new PlatformHttp({ uploadIdleTimeoutMs: 300 });
    const { url } = await rawServer(() => undefined);
    const answer = await patient.send({ method: 'PUT', url, body: 'x', signal: live, kind: 'upload' });
    await patient.close();
    expect(kindOf(answer)).toBe('no_answer');
  });

  it('uses a connection of its own for what cannot be undone', async () => {
    const ports = new Set<number | undefined>();
    const url = await webServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    for (let n = 0; n < 3; n += 1)
      await http.send({ method: 'POST', url, body: 'x', signal: live, irreversible: true });
    expect(ports.size).toBe(3);
  });
});
