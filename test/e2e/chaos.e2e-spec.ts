import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

/** `npm run chaos:platforms` runs the whole matrix; this is its quick part, without the killed workers. */
describe('the chaos matrix', () => {
  it('has one copy of every post whose irreversible call was lost before or after', async () => {
    const args = ['seeds/chaos/run.ts', '--json', '--short', '--no-kills', '--platforms', 'tiktok,reels,shorts'];
    const { stdout } = await run(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } });
    const matrix = JSON.parse(stdout) as { total: number; ok: boolean; cells: { copies: number }[] };
    expect(matrix).toMatchObject({ total: 6, ok: true });
    expect(matrix.cells.map(({ copies }) => copies)).toEqual(Array(6).fill(1));
  });
});
