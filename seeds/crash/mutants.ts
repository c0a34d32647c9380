import { setTimeout as pause } from 'node:timers/promises';
import { onStage } from '../support/on-stage.ts';
import { connectAccounts } from './accounts.ts';
import { check, type Verdict } from './checker/check.ts';
import type { Kill } from './checker/rows.ts';
import type { LifePlan } from './plan.ts';
import { scheduleAll, uploadClip } from './schedule.ts';
import { setStage, type Stage } from './stage.ts';
import { LOOK_EVERY_MS, Watch } from './watch.ts';
import { readAll } from './read-all.ts';
import { WorkerPlace } from './workers.ts';
import type { Mutant } from './worker/mutants.ts';
import type { Place, PlannedPost, Platform } from './workload.ts';

/** A short run in which a seeded bug must show. */
interface Scene {
  readonly mutant: Mutant;
  /** Any of these must be reported. */
  readonly shownBy: readonly string[];
  readonly timeScale: number;
  readonly callTimeoutMs: number;
  readonly platform: Platform;
  readonly posts: number;
  /** Instants of each post's runs. */
  readonly runsAtMs: readonly number[];
  readonly faults: readonly Readonly<Record<string, unknown>>[];
  readonly lives: readonly LifePlan[];
  /** Workers begin when everything is scheduled, and find all runs at once; else they share what comes. */
  readonly beginLate?: boolean;
  /** The last copy may come so long after the instant. */
  readonly landsAfterMs: number;
}

const LEAD_MS = 10_000;
const LONGEST_MS = 45_000;

export const SCENES: readonly Scene[] = [
  {
    // A worker stands still right before its call, loses its lease to its peer, and calls all the same.
    mutant: 'fence',
    shownBy: ['I1', 'I4', 'I9'],
    timeScale: 60,
    callTimeoutMs: 30_000,
    platform: 'tiktok',
    posts: 6,
    runsAtMs: [0],
    faults: [],
    lives: [{ step: 'before-begin-call', action: 'stall', nth: 1, afterMs: 7_000, clock: [] }],
    landsAfterMs: 8_000,
  },
  {
    mutant: 'intent-after-call',
    shownBy: ['I4'],
    timeScale: 60,
    callTimeoutMs: 30_000,
    platform: 'tiktok',
    posts: 4,
    runsAtMs: [0],
    faults: [],
    lives: [],
    landsAfterMs: 0,
  },
  {
    // Given up after 4 s, applied after 12 s: the hold of 3 s and three reads would have seen it.
    mutant: 'hold-zero',
    shownBy: ['I1', 'I4'],
    timeScale: 20,
    callTimeoutMs: 4_000,
    platform: 'reels',
    posts: 1,
    runsAtMs: [0],
    faults: [{ platform: 'reels', step: 'publish', kind: 'slow', delayMs: 12_000, times: 1 }],
    lives: [],
    landsAfterMs: 13_000,
  },
  {
    // Three runs of a post, the first of them in doubt.
    mutant: 'no-index',
    shownBy: ['I9', 'I10'],
    timeScale: 60,
    callTimeoutMs: 4_000,
    platform: 'reels',
    posts: 4,
    runsAtMs: [0, 1_500, 3_000],
    faults: [{ platform: 'reels', step: 'publish', kind: 'drop-before', times: 4 }],
    lives: [],
    // One after the other, reading alone would keep the runs apart.
    beginLate: true,
    landsAfterMs: 0,
  },
];

export interface MutantReport {
  readonly mutant: Mutant;
  readonly caught: boolean;
  readonly by: readonly string[];
  readonly duplicates: number;
  readonly seconds: number;
}

/** Runs a scene with its bug. @param isBroken false: without it, when nothing may be reported */
export const runScene = async (
  scene: Scene,
  say: (line: string) => void,
  isBroken = true,
): Promise<{ readonly report: MutantReport; readonly verdict: Verdict }> => {
  const beganAt = Date.now();
  say(`${isBroken ? 'with' : 'without'} the bug ${scene.mutant}`);
  const mutant = isBroken ? scene.mutant : undefined;
  const { timeScale, callTimeoutMs } = scene;
  const set = () => setStage({ seed: 1, timeScale, callTimeoutMs, mutant, without: ['skylight'] });
  return onStage(set, async (stage) => {
    if (mutant === 'no-index') await dropIndexes(stage);
    const verdict = await playScene(stage, scene, say);
    const by = [...new Set(verdict.invariantViolations.map(({ invariant }) => invariant))];
    const caught = by.some((name) => scene.shownBy.includes(name));
    const seconds = Math.round((Date.now() - beganAt) / 1_000);
    return { report: { mutant: scene.mutant, caught, by, duplicates: verdict.duplicates, seconds }, verdict };
  });
};

/** What keeps a second try away "by index, not by code". */
const dropIndexes = async ({ db }: Stage): Promise<void> => {
  await db.query('drop index attempt_one_open');
  await db.query('alter table intent drop constraint intent_pkey');
};

const playScene = async (stage: Stage, scene: Scene, say: (line: string) => void): Promise<Verdict> => {
  const accounts = await connectAccounts(stage, { ...NO_ACCOUNTS, [scene.platform]: [1, 0] });
  const media = await uploadClip(stage);
  for (const fault of scene.faults) await stage.sandbox('POST', 'faults', fault);
  const lives = [...scene.lives];
  const kills: Kill[] = [];
  const told = { say, kill: (kill: Kill) => void kills.push(kill) };
  const open = () => WorkerPlace.open(stage.worker, () => lives.shift(), told);
  const early = scene.beginLate ? [] : await Promise.all([open(), open()]);
  const startMs = Date.now() + LEAD_MS;
  await scheduleAll(stage, postsOf(scene), { accounts, media, startMs });
  const places = scene.beginLate ? await Promise.all([open(), open()]) : early;
  try {
    const watch = new Watch(stage, say);
    const watching = watch.run();
    await pause(Math.max(0, startMs - Date.now()));
    await pause(scene.landsAfterMs + LOOK_EVERY_MS);
    const endsAt = Date.now() + LONGEST_MS;
    while (watch.open > 0 && Date.now() < endsAt) await pause(LOOK_EVERY_MS);
    await pause(2 * LOOK_EVERY_MS);
    watch.stop();
    await watching;
    return check({ ...(await readAll(stage, watch)), kills, cancels: [], edits: [], left: [], raced: [] });
  } finally {
    await Promise.all(places.map((place) => place.close()));
  }
};

const NO_ACCOUNTS = { tiktok: [0, 0], reels: [0, 0], shorts: [0, 0], skylight: [0, 0], telegram: [0, 0] } as const;

const postsOf = ({ posts, platform, runsAtMs }: Scene): readonly PlannedPost[] =>
  Array.from({ length: posts }, (_, index) => {
    // The first account has no route of its own: what is in doubt stays where it is.
    const place: Place = { platform, account: 0 };
    return { marker: `[t:${index}]`, tenant: 0, runs: runsAtMs.map((atMs) => ({ atMs })), places: [place] };
  });
