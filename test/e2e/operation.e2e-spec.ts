import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, publishNow, readTarget, uploadClip } from '../support/story.js';

const TOKEN = 'a-token-for-prometheus';

describe('operation', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let client: pg.Client;

  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess({ ...sandbox.env, METRICS_TOKEN: TOKEN });
    client = new pg.Client({ connectionString: app.databaseUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await app.stop();
    await sandbox.stop();
  });

  const metricsOf = async (url: string): Promise<string> => {
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    return answer.text();
  };

  it('tells Prometheus how the engine does, to who has the token only', async () => {
    const account = await connectAccount(app.api, sandbox, 'tiktok');
    const mediaId = await uploadClip(app.api, 'tea-in-a-minute.mp4');
    const [target] = await publishNow(app.api, mediaId, [account], 'Watched #tea');
    await until(async () => (await readTarget(app.api, target?.id ?? '')).status === 'published', 'the post');
    expect((await app.api.call('GET', '/metrics')).status).toBe(401);
    const text = await metricsOf(app.api.url);
    expect(text).toMatch(/perennial_attempt_outcomes_total\{platform="tiktok",state="published"\} 1/);
    expect(text).toMatch(/perennial_targets_needs_decision 0/);
    expect(text).toMatch(
      /perennial_http_request_duration_seconds_count\{method="POST",route="\/v1\/posts",status="201"\} 1/,
    );
    expect(text).not.toContain(target?.id);
    for (const name of [
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'perennial_db_pool_connections',
    ])
      expect(text).toContain(`\n${name}`);
  });

  it('lets a worker answer health and metrics, and nothing else', async () => {
    const worker = await app.addProcess({ ROLE: 'worker' });
    const url = /ready at (\S+)/.exec(worker.lines.join('\n'))?.[1] ?? '';
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(await metricsOf(url)).toContain('perennial_db_pool_connections');
    expect((await fetch(`${url}/v1/posts`)).status).toBe(404);
    await worker.stop();
  });
});
