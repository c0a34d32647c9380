import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

/** What a benchmark prints, whether it was fast enough or not. */
const bench = async (name: string, ...args: readonly string[]): Promise<Record<string, unknown>> => {
  const call = run(process.execPath, [`seeds/bench/${name}.ts`, '--json', '--scale', 'small', ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const { stdout } = await call.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as Record<string, unknown>;
};

/** Their figures mean nothing on a machine that runs tests; what they count does. */
describe('the benchmarks, small', () => {
  it('fires a burst with a worker killed in it once each', async () => {
    const figures = await bench('burst', '--kill', '--workers', '2');
    expect(figures).toMatchObject({ targets: 2_000, killed: true, duplicates: 0, lost: 0, stuck: 0, early: 0 });
    expect(figures.rawFetchCompletePerSecond).toBeGreaterThan(0);
  });

  it('fires lone targets once each', async () => {
    expect(await bench('lateness')).toMatchObject({ duplicates: 0, lost: 0, stuck: 0, early: 0 });
  });

  it('measures POST /v1/posts beside a bare app', async () => {
    expect(await bench('api')).toMatchObject({ ours: expect.any(Number), bare: expect.any(Number) });
  });
});
