import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DocumentFetch, type DocumentLimits } from './document-fetch.js';

describe('a document that is read again and again', () => {
  let server: Server | undefined;
  let documents: DocumentFetch;
  afterEach(async () => {
    await documents.close();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve) ?? resolve(undefined));
    server = undefined;
  });

  const serving = async (answer: RequestListener, limits: Partial<DocumentLimits> = {}) => {
    documents = new DocumentFetch({ allow: ['127.0.0.1/32'] }, limits);
    server = createServer(answer);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
  };

  it('comes with its validators, and is not sent again while it is the same', async () => {
    const url = await serving((request, response) => {
      const isSame = request.headers['if-none-match'] === '"1"' && request.headers['if-modified-since'] === 'then';
      response.writeHead(isSame ? 304 : 200, { etag: '"1"', 'last-modified': 'then', 'content-type': 'Text/XML; x=y' });
      response.end(isSame ? undefined : 'grüezi');
    });
    const first = await documents.read({ url });
    expect(first).toEqual({
      kind: 'document',
      contentType: 'text/xml',
      body: 'grüezi',
      etag: '"1"',
      lastModified: 'then',
    });
    expect(await documents.read({ url, etag: '"1"', lastModified: 'then' })).toEqual({ kind: 'unchanged' });
  });

  it('is read in the charset its server names', async () => {
    const url = await serving((_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml; charset=ISO-8859-1' });
      response.end(Buffer.from('gr\xfcezi', 'latin1'));
    });
    expect(await documents.read({ url })).toMatchObject({ body: 'grüezi' });
  });

  it.each([
    [
      'a refusal with the wish to wait',
      503,
      { 'retry-after': '120' },
      { why: 'It answered 503.', retryAfterMs: 120_000 },
    ],
    ['a refusal', 404, {}, { why: 'It answered 404.' }],
  ])('answers %s as a value', async (_, status, headers, expected) => {
    const url = await serving((_request, response) => void response.writeHead(status, headers).end('page'));
    expect(await documents.read({ url })).toEqual({ kind: 'failed', ...expected });
  });

  it('is given up when it is too large, too slow, or leads round in circles', async () => {
    const large = await serving((_, response) => void response.end('x'.repeat(2_000)), { maxBytes: 1_000 });
    expect(await documents.read({ url: large })).toEqual({ kind: 'failed', why: 'It is larger than 1000 bytes.' });
    await documents.close();
    server?.closeAllConnections();
    server?.close();
    const slow = await serving((_, response) => void response.write('a'), { timeoutMs: 100 });
    expect(await documents.read({ url: slow })).toEqual({ kind: 'failed', why: 'No answer within 0.1 seconds.' });
    await documents.close();
    server?.closeAllConnections();
    server?.close();
    const round = await serving((_, response) => void response.writeHead(302, { location: '/feed' }).end());
    expect(await documents.read({ url: round })).toEqual({ kind: 'failed', why: 'It leads on more than 3 times.' });
  });

  it('is not asked for inside our network, neither directly nor by a redirect', async () => {
    const url = await serving((_, response) => void response.writeHead(302, { location: 'https://10.0.0.1/' }).end());
    const refused = { kind: 'failed', why: 'It leads into a private network.' };
    expect(await documents.read({ url })).toEqual(refused);
    expect(await documents.read({ url: 'https://192.168.1.1/feed' })).toEqual(refused);
    await expect(documents.assertUsable('https://[::1]/')).rejects.toMatchObject({ code: 'url.refused' });
  });
});
