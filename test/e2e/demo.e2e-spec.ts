import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Post {
  readonly platform: string;
  readonly accountExternalId: string;
  readonly caption: string;
  readonly liveAt: string | null;
}
interface Target {
  readonly id: string;
  readonly rootId: string;
  readonly occurrenceId: string;
  readonly role: string;
  readonly status: string;
  readonly late: boolean;
  readonly caption: string;
  readonly accountExternalId: string;
}

/** The README's first command, judged from the raw evidence by other means than its own. */
describe('the January outage', () => {
  it('is survived: nothing lost, nothing twice, everybody mailed, and the evidence says the same', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'perennial-evidence-'));
    const { stdout } = await run(process.execPath, ['seeds/demo/run.ts', '--json', '--evidence', dir], {
      timeout: 230_000,
    });
    const said = JSON.parse(stdout) as Record<string, number>;
    const read = async <T>(name: string) => JSON.parse(await readFile(join(dir, name), 'utf8')) as T[];
    const feeds = (await readdir(dir)).filter((name) => name.startsWith('truth-'));
    const truth = (await Promise.all(feeds.map((name) => read<Post>(name)))).flat();
    const targets = await read<Target>('targets.json');
    const recipients = await read<{ email: string; delivered: number }>('recipients.json');
    await rm(dir, { recursive: true });

    const isLive = (target: Target) =>
      truth.some(
        (post) => post.caption === target.caption && post.accountExternalId === target.accountExternalId && post.liveAt,
      );
    const origins = targets.filter((target) => target.role === 'origin');
    const reached = origins.filter((origin) =>
      targets.some((target) => target.rootId === origin.rootId && isLive(target)),
    );
    const copies = Map.groupBy(truth, (post) => `${post.accountExternalId} ${post.caption}`);

    expect(feeds).toHaveLength(4);
    expect(origins.length).toBe(said.due);
    expect(origins.length).toBeGreaterThanOrEqual(40);
    expect([...copies.values()].filter((posts) => posts.length > 1)).toEqual([]);
    expect(reached.length + (said.held ?? 0) + (said.needsDecision ?? 0)).toBe(origins.length);
    expect(said.due).toBe(
      (said.liveOrigin ?? 0) + (said.liveFallback ?? 0) + (said.held ?? 0) + (said.needsDecision ?? 0),
    );
    expect(said).toMatchObject({ duplicates: 0, lost: 0, mailsDelivered: 200 });
    expect(said.liveFallback).toBeGreaterThan(0);
    expect(targets.filter((target) => target.late)).toHaveLength(said.adoptedLate ?? -1);
    expect(said.adoptedLate).toBeGreaterThan(0);
    expect(new Set(recipients.filter((row) => row.delivered === 1).map((row) => row.email)).size).toBe(200);
  });
});
