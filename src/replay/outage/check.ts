import { DAY_MS } from '../../kernel/durations.js';
import { replay } from './replay.js';
import type { PolicyName } from './run/policy.js';
import type { Score } from './scores/score.js';
import { msOf } from './trace/behaviour.js';
import { Truth } from './trace/truth.js';
import type { OutageTrace } from './trace/trace.js';
import { faultsOf, type Line, linesOfRuns, type Runs } from './promises.js';

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

interface Wish {
  readonly seeds: number;
  /** The first seed; each trace's own when left out. */
  readonly from?: number | undefined;
  readonly tell: (line: string) => void;
}

/** Plays `perennial`, `oracle` and `postiz` over many seeds and holds every promise against what came out. */
export const checkSeeds = (traces: readonly OutageTrace[], wish: Wish): Checked => {
  const checked = traces.map((trace) => checkTrace(trace, wish));
  return { ok: checked.every(({ ok }) => ok), traces: checked };
};

const checkTrace = (trace: OutageTrace, { seeds: count, from = trace.seed, tell }: Wish): CheckedTrace => {
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  let slowest = 0;
  const played = seeds.map((seed) => {
    const one = (policy: PolicyName): Score => {
      const before = process.cpuUsage();
      const score = replay(trace, policy, { seed });
      const { user, system } = process.cpuUsage(before);
      slowest = Math.max(slowest, (user + system) / 1e6);
      return score;
    };
    const run = { perennial: one('perennial'), oracle: one('oracle'), postiz: one('postiz') };
    tell(`${trace.name} seed ${seed}: played`);
    for (const fault of faultsOf(run.perennial)) tell(`${trace.name} seed ${seed}: ${fault}`);
    return run;
  });
  const lines = linesOfRuns({ ...factsOf(trace), played, slowest });
  return { trace: trace.name, seeds, ok: lines.every(({ ok }) => ok), lines };
};

const factsOf = (trace: OutageTrace): Omit<Runs, 'played' | 'slowest'> => {
  const truth = new Truth(trace);
  const keys = new Map(truth.spans.map((span) => [`${span.platform}|${span.region}|${span.capability}`, span]));
  const incidentMs = [...keys.values()]
    .flatMap(({ platform, region, capability }) => truth.incidentsOf(platform, region, capability))
    .reduce((sum, { fromMs, endMs }) => sum + endMs - fromMs, 0);
  const days = msOf(trace.durationMinutes) / DAY_MS;
  const platforms = Object.values(trace.accounts).filter((count) => count > 0).length;
  return { days, incidentDays: incidentMs / DAY_MS, platformMonths: (platforms * days) / 30 };
};
