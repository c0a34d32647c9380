import type { Checkable } from '../check.js';
import { parseTrace } from '../trace/parse-trace.js';
import type { OutageTrace } from '../trace/trace.js';
import { decoys } from './decoys.js';
import { Dice } from './dice.js';
import { blindReads, brownout, lowTraffic, totalLoss, twoAtOnce } from './outages.js';
import { plainTrace, type Trouble } from './plain-trace.js';

/** Kinds of trouble that nobody wrote down: each seed imagines another trace of them. */
const FAMILIES = {
  /** 30 to 60 % fail, most of them without an answer. */
  brownout,
  /** A handful of posts an hour. */
  'low-traffic': lowTraffic,
  /** Two platforms, overlapping, not equally ill. */
  'two-at-once': twoAtOnce,
  /** Nothing can be read while posting fails, and reads that fail while posting is well. */
  'blind-reads': blindReads,
  /** Nothing works, for minutes or for half a day. */
  'total-loss': totalLoss,
  /** No platform is ill; everything else looks like it. */
  decoys,
} as const satisfies Readonly<Record<string, (dice: Dice) => Trouble>>;

export type Family = keyof typeof FAMILIES;
export const IMAGINED_FAMILIES = Object.keys(FAMILIES) as readonly Family[];

/** A trace that depends on nothing but its family and seed. @param seed also the trace's own */
export const imagineTrace = (family: Family, seed: number): OutageTrace => {
  const dice = new Dice(family, seed);
  const trace = plainTrace(`imagined-${family}-${seed}`, seed, dice, FAMILIES[family](dice));
  return parseTrace(JSON.stringify(trace));
};

/** Every seed a trace of its own. */
export const imagined = (family: Family): Checkable => ({
  name: `imagined-${family}`,
  seed: 1,
  traceOf: (seed) => imagineTrace(family, seed),
});
