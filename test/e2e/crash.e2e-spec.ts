import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

/** One JSON object, whether the script kept its promise or not. */
const chaos = async (...args: readonly string[]): Promise<Record<string, unknown>> => {
  const call = run(process.execPath, ['seeds/crash/run.ts', '--json', ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 16 * 1024 * 1024,
  });
  const { stdout } = await call.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as Record<string, unknown>;
};

/** `npm run chaos` plays 300 targets at the time scale of the demo; here is a short one, and a proof that it sees. */
describe('the crash matrix', () => {
  it('has every target live once, missed or asked about, whatever its workers died of', async () => {
    const fast = ['--time-scale', '600', '--call-timeout-ms', '3000'];
    const { targets, live, needsDecision, missed, ...verdict } = await chaos('--seed', '7', '--targets', '40', ...fast);
    expect(verdict).toMatchObject({ duplicates: 0, lost: 0, stuck: 0, invariantViolations: [], ok: true });
    expect([targets, Number(live) + Number(needsDecision) + Number(missed)]).toEqual([40, 40]);
    expect(verdict.kills).toBeGreaterThanOrEqual(2);
  });

  it('reports a worker that writes its intent after the call', async () => {
    expect(await chaos('--mutant', 'intent-after-call')).toMatchObject({ ok: true, mutants: [{ by: ['I4'] }] });
  });
});
