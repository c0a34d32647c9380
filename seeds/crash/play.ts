import { setTimeout as pause } from 'node:timers/promises';
import { connectAccounts, pin } from './accounts.ts';
import type { History, Kill, LeftRow } from './checker/rows.ts';
import { listingLag, outages } from './faults.ts';
import { mailEverybody } from './mailing.ts';
import { leastKills, type LifePlan, planLives, seededRandom } from './plan.ts';
import { runRaces } from './races.ts';
import { scheduleAll, uploadClip } from './schedule.ts';
import type { Stage } from './stage.ts';
import { readAll } from './read-all.ts';
import { LOOK_EVERY_MS, Watch } from './watch.ts';
import { WorkerPlace } from './workers.ts';
import { planWorkload, type Workload } from './workload.ts';

/** One run's size. */
export interface RunOptions {
  readonly seed: number;
  readonly targets: number;
  readonly workers: number;
}

/** What a run leaves to the checker, and how hard it was. */
export interface Played {
  readonly history: History;
  readonly steps: Readonly<Record<string, number>>;
  readonly cuts: number;
}

const FIRST_LEAD_MS = 8_000;
const LEAD_MS_PER_TARGET = 60;
/**
 * After this everything should have settled; what has not is stuck. Longer than a target may wait for an earlier run
 * whose fate only a person can tell: twelve hours, at TIME_SCALE=60 as many minutes.
 */
const SETTLE_WITHIN_MS = 900_000;
const RANDOM_KILL_EVERY_MS = 9_000;
/** How often it is asked whether the steps alone kill enough: on a slow machine lives begin late and end seldom. */
const COUNT_KILLS_EVERY_MS = 1_500;
const CUT_EVERY_MS = 14_000;
const OUTAGE_MS = 8_000;

type Say = (line: string) => void;

/** Plays one run: schedules, breaks, waits until nothing moves any more, and reads everything. */
export const play = async (stage: Stage, options: RunOptions, say: Say): Promise<Played> => {
  const random = seededRandom(options.seed);
  const workload = planWorkload(random, options.targets);
  const lives = [...planLives(random, { targets: options.targets, timeScale: stage.timeScale })];
  const accounts = await connectAccounts(stage, workload.accounts);
  const media = await uploadClip(stage);
  await stage.sandbox('POST', 'settings', listingLag(stage.timeScale));
  const kills: Kill[] = [];
  const places = await openPlaces(stage, options.workers, { lives, kills, say });
  try {
    const startMs = Date.now() + FIRST_LEAD_MS + options.targets * LEAD_MS_PER_TARGET;
    const scheduling = scheduleAll(stage, workload.posts, { accounts, media, startMs });
    const watch = new Watch(stage, say);
    const watching = watch.run();
    const scheduled = await scheduling;
    say(`${scheduled.length} posts are scheduled over ${workload.windowMs / 1_000} s, from ${secondsTo(startMs)} s on`);
    const races = runRaces(scheduled, startMs);
    const trouble = await makeTrouble(stage, { workload, places, kills, startMs, random, options, watch });
    await settled(watch, lives, say);
    watch.stop();
    await watching;
    const answers = await races;
    const raced = scheduled.filter(({ planned }) => planned.race).flatMap(({ targetIds }) => targetIds);
    const history = { ...(await readAll(stage, watch)), ...answers, raced, kills, left: trouble.left };
    return { history, steps: countBy(kills.map(({ step }) => step)), cuts: trouble.cuts };
  } finally {
    await Promise.all(places.map((place) => place.close()));
  }
};

const openPlaces = (
  stage: Stage,
  workers: number,
  { lives, kills, say }: { readonly lives: LifePlan[]; readonly kills: Kill[]; readonly say: Say },
): Promise<readonly WorkerPlace[]> => {
  const kill = (one: Kill): void => {
    kills.push(one);
    say(`killed (-9): ${one.step}; ${lives.length} lives are planned`);
  };
  const next = (): LifePlan | undefined => lives.shift();
  return Promise.all(Array.from({ length: workers }, () => WorkerPlace.open(stage.worker, next, { kill, say })));
};

interface Trouble {
  readonly workload: Workload;
  readonly places: readonly WorkerPlace[];
  /** Grows while it goes on. */
  readonly kills: readonly Kill[];
  readonly startMs: number;
  readonly random: () => number;
  readonly options: RunOptions;
  readonly watch: Watch;
}

/** Everything that goes wrong from outside, as long as targets are due. */
const makeTrouble = async (
  stage: Stage,
  { workload, places, kills, startMs, random, options, watch }: Trouble,
): Promise<{ readonly left: readonly LeftRow[]; readonly cuts: number }> => {
  await pause(Math.max(0, startMs - Date.now()));
  const [api] = stage.apis;
  for (const fault of outages(options.seed, stage.timeScale)) await stage.sandbox('POST', 'faults', fault);
  const left = await mailEverybody(api);
  const endMs = startMs + workload.windowMs;
  const any = (): WorkerPlace | undefined => {
    const alive = places.filter(({ isAlive }) => isAlive);
    return alive[Math.floor(random() * alive.length)];
  };
  const wanted = (): number =>
    leastKills(options.targets) * Math.min(1, (2 * (Date.now() - startMs)) / workload.windowMs);
  let cuts = 0;
  const every = async (ms: number, act: () => unknown): Promise<void> => {
    for (let next = Date.now() + ms * random(); next < endMs; next += ms * (0.5 + random())) {
      await pause(Math.max(0, next - Date.now()));
      await act();
    }
  };
  await Promise.all([
    every(RANDOM_KILL_EVERY_MS, () => any()?.killNow()),
    every(COUNT_KILLS_EVERY_MS, () => (kills.length < wanted() ? any()?.killNow() : undefined)),
    every(CUT_EVERY_MS, () => {
      cuts += 1;
      any()?.cutFor(500 + random() * 3_000);
    }),
    rehearseOutage(stage, startMs + workload.windowMs * 0.4),
  ]);
  await pause(Math.max(0, endMs - Date.now()));
  await stage.sandbox('DELETE', 'faults');
  // On a machine that starts workers slowly the kills go on as long as anything moves.
  while (kills.length < leastKills(options.targets) && watch.open > 0) {
    await any()?.killNow();
    await pause(COUNT_KILLS_EVERY_MS);
  }
  return { left, cuts };
};

/** TikTok is called down for a while: posts wait or go elsewhere. */
const rehearseOutage = async ({ apis: [api] }: Stage, atMs: number): Promise<void> => {
  await pause(Math.max(0, atMs - Date.now()));
  await pin(api, 'tiktok', 'down');
  await pause(OUTAGE_MS);
  await pin(api, 'tiktok', 'healthy');
};

const settled = async (watch: Watch, lives: readonly LifePlan[], say: Say): Promise<void> => {
  const endsAt = Date.now() + SETTLE_WITHIN_MS;
  while (watch.open > 0 && Date.now() < endsAt) await pause(LOOK_EVERY_MS);
  // One more look, so that the last change is among the snapshots.
  await pause(2 * LOOK_EVERY_MS);
  if (lives.length > 0) say(`${lives.length} planned lives did not begin`);
};

const secondsTo = (atMs: number): number => Math.round((atMs - Date.now()) / 1_000);

const countBy = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
