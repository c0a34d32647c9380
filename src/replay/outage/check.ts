import { DAY_MS } from '../../kernel/durations.js';
import { replay } from './replay.js';
import type { PolicyName } from './run/policy.js';
import type { Score } from './scores/score.js';
import { msOf } from './trace/behaviour.js';
import { Truth } from './trace/truth.js';
import type { OutageTrace } from './trace/trace.js';
import { faultsOf, type Line, linesOfRuns, type PlayedSeed } from './promises.js';

export interface CheckedTrace {
  readonly trace: string;
  readonly seeds: readonly number[];
  readonly ok: boolean;
  readonly lines: readonly Line[];
}

export interface Checked {
  readonly ok: boolean;
  readonly traces: readonly CheckedTrace[];
}

/** What is played for each seed: one trace for all of them, or a trace of its own. */
export interface Checkable {
  readonly name: string;
  /** The first seed, unless the wish names one. */
  readonly seed: number;
  readonly traceOf: (seed: number) => OutageTrace;
}

interface Wish {
  readonly seeds: number;
  /** The first seed; each trace's own when left out. */
  readonly from?: number | undefined;
  readonly tell: (line: string) => void;
}

/** The same trace with every seed. */
export const sameTrace = (trace: OutageTrace): Checkable => ({
  name: trace.name,
  seed: trace.seed,
  traceOf: () => trace,
});

/** Plays `perennial`, `oracle` and `postiz` over many seeds and holds every promise against what came out. */
export const checkSeeds = (checkables: readonly Checkable[], wish: Wish): Checked => {
  const checked = checkables.map((checkable) => checkOne(checkable, wish));
  return { ok: checked.every(({ ok }) => ok), traces: checked };
};

const checkOne = ({ name, seed: own, traceOf }: Checkable, { seeds: count, from = own, tell }: Wish): CheckedTrace => {
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  const played = seeds.map((seed) => {
    const one = playSeed(traceOf(seed), seed);
    tell(`${name} seed ${seed}: played`);
    for (const fault of faultsOf(one.perennial)) tell(`${name} seed ${seed}: ${fault}`);
    return one;
  });
  const lines = linesOfRuns(played);
  return { trace: name, seeds, ok: lines.every(({ ok }) => ok), lines };
};

const playSeed = (trace: OutageTrace, seed: number): PlayedSeed => {
  let slowest = 0;
  const one = (policy: PolicyName): Score => {
    const before = process.cpuUsage();
    const score = replay(trace, policy, { seed });
    const { user, system } = process.cpuUsage(before);
    slowest = Math.max(slowest, (user + system) / 1e6);
    return score;
  };
  const scores = { perennial: one('perennial'), oracle: one('oracle'), postiz: one('postiz') };
  return { ...scores, slowest, ...sizeOf(trace) };
};

const sizeOf = (trace: OutageTrace): Pick<PlayedSeed, 'days' | 'incidentDays' | 'platformMonths'> => {
  const truth = new Truth(trace);
  const keys = new Map(truth.spans.map((span) => [`${span.platform}|${span.region}|${span.capability}`, span]));
  const incidentMs = [...keys.values()]
    .flatMap(({ platform, region, capability }) => truth.incidentsOf(platform, region, capability))
    .reduce((sum, { fromMs, endMs }) => sum + endMs - fromMs, 0);
  const days = msOf(trace.durationMinutes) / DAY_MS;
  const platforms = Object.values(trace.accounts).filter((count) => count > 0).length;
  return { days, incidentDays: incidentMs / DAY_MS, platformMonths: (platforms * days) / 30 };
};
