import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

interface Scenario {
  readonly name: string;
  readonly calls: number;
  readonly copies: number;
  readonly delivered: boolean;
  readonly finalState: string;
  readonly connected: boolean;
}

const QUICK = ['429 with Retry-After 600', 'accepted and every answer lost', '401 while the token endpoint is down'];

/** `npm run scenarios` plays all of them; these end within seconds. */
describe('the outages of January 2026', () => {
  it('leave one copy, delivered, and the account connected', async () => {
    const args = ['seeds/scenarios/run.ts', '--json', '--only', QUICK.join()];
    const { stdout } = await run(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } });
    const { ok, scenarios } = JSON.parse(stdout) as { ok: boolean; scenarios: Scenario[] };
    expect(scenarios.map(({ name }) => name)).toEqual(QUICK);
    for (const scenario of scenarios) expect(scenario).toMatchObject({ copies: 1, delivered: true, connected: true });
    // Peers of ours asked four times in 15 s and gave the post up.
    expect(scenarios[0]?.calls).toBeLessThanOrEqual(3);
    expect(ok).toBe(true);
  });
});
