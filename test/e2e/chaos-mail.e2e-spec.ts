import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

/** `npm run chaos:mail` writes to 5,000 people and kills 50 senders; this is a short one. */
describe('a broadcast whose senders are killed', () => {
  it('reaches everyone at most once, and loses nobody it could still write to', async () => {
    const args = ['seeds/mail/chaos.ts', '--json', '--seed', '3', '--recipients', '150', '--kills', '2'];
    const call = run(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } });
    const { stdout } = await call.catch((error: { stdout: string }) => error);
    expect(JSON.parse(stdout)).toMatchObject({ recipients: 150, kills: 2, lost: 0, duplicated: 0, ok: true });
  });
});
