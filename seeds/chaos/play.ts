import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { fileForm } from '../demo/clients.ts';
import { inLanes } from '../support/in-lanes.ts';
import type { Cell } from './cells.ts';
import type { Stage } from './stage.ts';

/** A cell with its own account, so that no cell can disturb another. */
export interface Staged {
  readonly cell: Cell;
  readonly externalId: string;
  readonly accountId: string;
  readonly faultId: string;
}

/** Longer than a worker needs to be killed; shorter than any of our call timeouts. */
const HOLD_MS = 25_000;
const CLIP = 'tea-in-a-minute.mp4';
const LOOK_EVERY_MS = 500;
/** When this long no further cell is struck, the rest waits for something the kill must bring about. */
const QUIET_MS = 6_000;
/** Some calls come only when a lost one is surely over: its time limit and a minute more. */
const LATE_CALLS_MS = 160_000;
const MOST_KILLS = 8;

/** One account, one fault and one post for each cell; the posts are due at once. */
export const stageCells = async (stage: Stage, cells: readonly Cell[]): Promise<readonly Staged[]> => {
  const form = await fileForm(new URL(`../clips/${CLIP}`, import.meta.url).pathname, CLIP);
  const mediaIds = [(await stage.api<{ id: string }>('POST', '/v1/media', form)).id];
  const staged = await inLanes(cells, (cell) => stageCell(stage, cell));
  const scheduledAt = new Date(Date.now() + 3_000).toISOString();
  await inLanes(staged, async ({ accountId, cell }) => {
    const caption = `${cell.platform} ${cell.step} ${cell.fault} ${cell.killed ? 'killed' : 'alive'}`;
    return stage.api('POST', '/v1/posts', { caption, mediaIds, scheduledAt, targets: [{ accountId }] });
  });
  return staged;
};

const stageCell = async (stage: Stage, cell: Cell): Promise<Staged> => {
  const { platform, step, fault, killed, prelude } = cell;
  const { externalId, credentials } = await stage.sandbox<{ externalId: string; credentials: unknown }>(
    'POST',
    'accounts',
    { platform },
  );
  const { id: accountId } = await stage.api<{ id: string }>('POST', '/v1/accounts', { platform, credentials });
  const once = { platform, account: externalId, times: 1 };
  if (prelude) await stage.sandbox('POST', 'faults', { ...once, ...prelude });
  const { id: faultId } = await stage.sandbox<{ id: string }>('POST', 'faults', {
    ...once,
    step,
    kind: fault,
    ...(killed ? { holdMs: HOLD_MS } : {}),
  });
  return { cell, externalId, accountId, faultId };
};

/** Kills the worker in the middle of every struck call, again while further cells are struck after that. */
export const killInFlight = async (stage: Stage, staged: readonly Staged[], say: (line: string) => void) => {
  const killedAt = new Set<string>();
  for (let kill = 1; kill <= MOST_KILLS && killedAt.size < staged.length; kill += 1) {
    const struck = await waitForStrikes(stage, staged, killedAt);
    if (struck.length === 0) return;
    await stage.replaceWorker();
    for (const id of struck) killedAt.add(id);
    say(
      `killed the worker (-9) with ${struck.length} calls in flight; ${killedAt.size} of ${staged.length} cells struck`,
    );
  }
};

const waitForStrikes = async (stage: Stage, staged: readonly Staged[], before: ReadonlySet<string>) => {
  let struck: string[] = [];
  let lastNewAt = Date.now();
  for (;;) {
    const faults = await stage.sandbox<{ id: string; hits: number }[]>('GET', 'faults');
    const hit = new Set(faults.filter(({ hits }) => hits > 0).map(({ id }) => id));
    const now = staged.map(({ faultId }) => faultId).filter((id) => hit.has(id) && !before.has(id));
    if (now.length > struck.length) lastNewAt = Date.now();
    struck = now;
    const isQuiet = Date.now() - lastNewAt > (struck.length > 0 ? QUIET_MS : LATE_CALLS_MS);
    if (isQuiet || struck.length + before.size === staged.length) return struck;
    await pause(LOOK_EVERY_MS);
  }
};

/** Follows until nothing moves by itself any more. @returns how many targets still do */
export const settle = async (db: pg.Client, withinMs: number, say: (line: string) => void): Promise<number> => {
  const endsAt = Date.now() + withinMs;
  let before = -1;
  for (;;) {
    const { rows } = await db.query<{ status: string; count: number }>(
      'select status, count(*)::int as count from target group by status order by status',
    );
    const open = rows.filter(({ status }) => !SETTLED.has(status)).reduce((sum, { count }) => sum + count, 0);
    if (open !== before) say(rows.map(({ status, count }) => `${count} ${status}`).join(', '));
    before = open;
    if (open === 0 || Date.now() > endsAt) return open;
    await pause(LOOK_EVERY_MS);
  }
};

const SETTLED = new Set(['published', 'needs_decision', 'failed', 'missed', 'cancelled', 'rerouted']);
