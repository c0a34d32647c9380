import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { ApiClient, startAppProcess, type TestApp } from '../support/app.js';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object };
}

describe('the HTTP surface', () => {
  let app: TestApp;
  let document: Document;
  let operations: readonly (readonly [path: string, operation: Operation])[];

  beforeAll(async () => {
    app = await startAppProcess();
    document = await app.api.ok<Document>('GET', '/v1/openapi.json');
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => [path, operation] as const),
    );
  });
  afterAll(() => app.stop());

  it('documents every route: what it does, its path, its answer and its refusals', () => {
    const faults = operations.flatMap(([path, { operationId, summary, parameters = [], responses }]) => {
      const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      return [
        ...(summary ? [] : [`${operationId}: no summary`]),
        ...(path.match(/{\w+}/g) ?? [])
          .filter((name) => !named.includes(name))
          .map((name) => `${operationId}: ${name}`),
        ...(good.length ? [] : [`${operationId}: no answer`]),
        ...good.filter(([status, { content }]) => status !== '204' && !content).map(() => `${operationId}: no schema`),
        ...(responses.default?.content ? [] : [`${operationId}: no refusal`]),
      ];
    });
    expect(faults).toEqual([]);
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
  });

  it('is OpenAPI 3.1: no nullable, and every reference leads somewhere', () => {
    const text = JSON.stringify(document);
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(document.openapi).toBe('3.1.0');
    expect(text).not.toContain('"nullable"');
    expect(known).toEqual(expect.arrayContaining([...new Set(text.match(/#\/components\/schemas\/\w+/g))]));
  });

  it('is what the dashboard’s client is made from; if not: npm run api:document', async () => {
    const committed = await readFile(new URL('../../web/openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(committed)).toEqual(document);
  });

  it('explains problems at the page their type names', async () => {
    const refusal = await app.api.call('GET', '/v1/nothing');
    const type = new URL(String(refusal.body.type), app.api.url);
    const page = await app.api.with(undefined).call<string>('GET', type.pathname);
    expect(page.status).toBe(200);
    expect(page.body).toContain(`id="${type.hash.slice(1)}"`);
  });

  it('gives a body that cannot be read a request id, and asks for JSON by name', async () => {
    const headers = { 'x-request-id': 'mine-1' };
    const broken = await app.api.call('POST', '/v1/posts', '{bad', headers);
    expect(broken.body).toMatchObject({ status: 400, code: 'body.malformed', requestId: 'mine-1' });
    const form = await app.api.call('POST', '/v1/posts', '{}', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(form.body).toMatchObject({ status: 415, code: 'body.not_json' });
  });

  it('tells what is left of the quota on every answer of the API, and refuses what is more', async () => {
    const answers = await Promise.all([
      app.api.call('GET', '/v1/workspace'),
      app.api.call('GET', '/v1/nothing'),
      app.api.with('wrong').call('GET', '/v1/posts'),
      app.api.with(undefined).call('GET', '/v1/openapi.json'),
    ]);
    for (const { headers } of answers) {
      expect(headers.get('ratelimit-policy')).toMatch(/^"(key|address)";q=100000;w=60$/);
      expect(headers.get('ratelimit')).toMatch(/^"(key|address)";r=\d+;t=\d+$/);
    }
    const strict = await app.addProcess({ ROLE: 'api', RATE_LIMIT_PER_MINUTE: '3' });
    const url = /ready at (\S+)/.exec(strict.lines.join('\n'))?.[1] ?? '';
    const api = new ApiClient(url, app.api.key);
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await api.call('GET', '/v1/workspace')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await api.call('GET', '/v1/workspace');
    expect(refused.body).toMatchObject({ code: 'request.too_many', limit: 3 });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.with(undefined).call('GET', '/v1/workspace')).status).toBe(401);
    expect((await api.with(undefined).call('POST', '/v1/hooks/tiktok', {})).headers.get('ratelimit')).toBeNull();
    expect((await api.call('GET', '/V1/workspace')).status).toBe(404);
    const invented = await Promise.all([1, 2, 3].map((n) => api.with(`invented-${n}`).call('GET', '/v1/posts')));
    expect(invented.map(({ status }) => status)).toContain(429);
  });

  it('lets pages load and forms answer where there is no TLS', async () => {
    const page = await app.api.call('GET', '/docs');
    expect(page.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
  });

  it('stops cleanly when the signal comes twice, as Ctrl-C under npm does', async () => {
    const second = await app.addProcess();
    second.child.kill('SIGINT');
    second.child.kill('SIGINT');
    expect(await second.stop()).toBe(0);
  });

  it('says in one sentence that the port is taken, and goes', () => {
    const env = { ...process.env, DATABASE_URL: app.databaseUrl, PORT: new URL(app.api.url).port, LOG_LEVEL: 'silent' };
    const second = spawnSync(process.execPath, ['dist/main.js'], { env, encoding: 'utf8', timeout: 30_000 });
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/^PORT: another process listens on .*\n$/);
  });
});
