import { MINUTE_MS } from '../../../kernel/durations.js';
import type { ShownCapability } from '../run/record.js';
import type { Stage } from '../run/stage.js';
import type { Truth } from '../trace/truth.js';
import { isIll, linesOf, type StateLine } from './state-lines.js';

/** After a truth's end so much trouble may still be seen. */
const GRACE_MS = 10 * MINUTE_MS;

export interface AlarmScore {
  readonly falseAlarms: number;
  readonly falseDegraded: number;
  readonly flaps: number;
}

interface Key {
  readonly platform: string;
  readonly region: string;
  readonly capability: ShownCapability;
}

/** Bad states without bad truth, and changes to and fro. `publish` counts always, others where the trace speaks of them. */
export const alarmsOf = (stage: Pick<Stage, 'record' | 'truth' | 'places'>): AlarmScore => {
  const lineOf = linesOf(stage.record.states);
  const sum = { falseAlarms: 0, falseDegraded: 0, flaps: 0 };
  for (const place of stage.places)
    for (const capability of ['publish', 'read', 'counters'] as const) {
      if (capability !== 'publish' && !stage.truth.lists(place.platform, capability)) continue;
      const key = { ...place, capability };
      const line = lineOf(place, capability);
      const wrong = line.entries().filter(({ to, atMs }) => isIll(to) && isUnfounded(stage.truth, key, atMs));
      sum.falseAlarms += wrong.filter(({ to }) => to === 'down').length;
      sum.falseDegraded += wrong.filter(({ to }) => to === 'degraded').length;
      sum.flaps += flapsOf(line, stage.truth, key);
    }
  return sum;
};

const isUnfounded = (truth: Truth, { platform, region, capability }: Key, atMs: number): boolean =>
  !truth
    .spansOf(platform, region, capability)
    .some(({ fromMs, endMs }) => fromMs <= atMs && (atMs < endMs || atMs - endMs < GRACE_MS));

const flapsOf = (line: StateLine, truth: Truth, { platform, region, capability }: Key): number => {
  const falls = line.entries().filter(({ from, to }) => isIll(to) && !isIll(from)).length;
  return Math.max(0, falls - truth.incidentsOf(platform, region, capability).length);
};
