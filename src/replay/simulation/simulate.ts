import { plusMs, SECOND_MS } from '../../kernel/durations.js';
import { routingTiming } from '../../routing/domain/routing-timing.js';
import { DEFAULT_ROUTE } from '../../routing/domain/route.js';
import type { FrozenContent } from '../../publishing/domain/targets/frozen-content.js';
import { TERMINAL_STATUSES } from '../../publishing/domain/targets/target-status.js';
import { Checker, type Violation } from './checker.js';
import { planFaults } from './faults.js';
import { armAndHold } from './fire-duty.js';
import { planMoves } from './people.js';
import { isCalm, type Scenario, scenarioOf, type SimulatedOrigin } from './scenario.js';
import { planWakeUp } from './wake-ups.js';
import { Ticks } from './ticks.js';
import { assess, planWatch } from './watch.js';
import { START } from './start.js';
import { type SeededBugs, World } from './world.js';

/** What one seed came to. */
export interface Run {
  readonly seed: number;
  readonly targets: number;
  readonly events: number;
  readonly kills: number;
  readonly live: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
  /** SHA-256 over the whole log: the same seed gives the same one. */
  readonly hash: string;
  readonly trace: readonly string[];
}

/** No run goes on for longer: 72 h of looks after the last one that was begun, and a day. */
/** Far beyond any honest run: something asks itself again and again. */
const MOST_EVENTS = 150_000;
const LONGEST_MS = 120 * 3_600 * SECOND_MS;

/** Plays one seed to its end, or to `untilViolation`. */
export const simulate = (
  seed: number,
  { bugs = {}, keepTrace = false }: { readonly bugs?: SeededBugs; readonly keepTrace?: boolean } = {},
): Run => {
  const scenario = scenarioOf(seed);
  const world = new World(scenario, bugs, keepTrace);
  const checker = new Checker(world);
  const ticks = new Ticks(world);
  world.observer = checker;
  world.planTick = () => ticks.plan();
  begin(world, scenario);
  let events = 0;
  for (let next = world.queue.take(); next && next.atMs <= LONGEST_MS; next = world.queue.take()) {
    world.nowMs = next.atMs;
    next.run();
    if (world.health.hasWaiting && world.nowMs >= world.assessAtMs) {
      world.assessAtMs = world.nowMs + SECOND_MS;
      world.after(SECOND_MS, () => assess(world));
    }
    checker.afterEvent();
    events += 1;
    if (checker.violations.length > 0) break;
    if (events % 64 === 0 && isAtRest(world)) break;
    if (events > MOST_EVENTS) checker.onEndless();
  }
  if (checker.violations.length === 0) end(checker, seed);
  return { ...resultOf(world, seed, events), violations: checker.violations };
};

const begin = (world: World, scenario: Scenario): void => {
  world.pump = (worker, ref) => world.spawn(worker, `pump ${ref.targetId}`, armAndHold(world, worker, [ref]));
  for (const origin of scenario.origins) insertOrigin(world, origin);
  for (let worker = 0; worker < scenario.workers; worker += 1) world.startWorker();
  planMoves(world);
  planFaults(world);
  planWatch(world);
  world.planTick();
};

const insertOrigin = (world: World, origin: SimulatedOrigin): void => {
  const { occurrenceId, accountId, postId, workspaceId } = origin;
  const scheduledAt = plusMs(START, origin.scheduledMs);
  const route = world.scenario.routes.get(accountId) ?? DEFAULT_ROUTE;
  const id = `${occurrenceId}@${accountId}`;
  const { platform } = world.accounts.simulatedAccount(accountId);
  const staleAt = plusMs(scheduledAt, routingTiming(1).staleAfterMs(route));
  const same = { workspaceId, postId, occurrenceId, accountId, platform, scheduledAt, staleAt, zone: 'UTC' };
  world.journal.insert({ ...same, id, rootId: id, role: 'origin', content: contentOf(postId) }, 'api');
  planWakeUp(world, id);
};

const contentOf = (caption: string): FrozenContent => ({
  caption,
  tags: [],
  options: {},
  media: { id: 'video', sha256: '', bytes: 1, mimeType: 'video/mp4', durationMs: 5_000, width: 1, height: 2, fps: 30 },
  base: { caption },
  variants: {},
});

/** Nothing more happens by itself, and nothing is still on its way to becoming live. */
const isAtRest = (world: World): boolean =>
  [...world.tables.targets.values()].every(
    ({ status, nextCheckAt }) => (TERMINAL_STATUSES.includes(status) || status === 'needs_decision') && !nextCheckAt,
  ) &&
  world.platforms.posts.every(({ decidedMs }) => decidedMs < world.nowMs) &&
  !world.makesFaults;

const end = (checker: Checker, seed: number): void => {
  checker.onEnd();
  if (isCalm(seed)) checker.onCalmEnd();
};

const resultOf = (world: World, seed: number, events: number): Omit<Run, 'violations'> => {
  const targets = [...world.tables.targets.values()];
  const byStatus = Object.fromEntries(
    [...Map.groupBy(targets, ({ status }) => status)].map(([s, of]) => [s, of.length]),
  );
  return {
    seed,
    targets: targets.length,
    events,
    kills: world.kills,
    live: world.platforms.posts.filter(({ liveMs }) => liveMs !== undefined && liveMs <= world.nowMs).length,
    byStatus,
    hash: world.trace.digest(),
    trace: world.trace.lines,
  };
};
