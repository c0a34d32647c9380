import type { RunRecord } from '../run/record.js';
import type { Stage } from '../run/stage.js';
import type { KeyedSpan } from '../trace/truth.js';
import { lordenMinutes, secondFailureMs } from './lorden.js';
import { isAtLeast, linesOf, shownAs } from './state-lines.js';

/** How one span of truth was met in one region; minutes of the trace. */
export interface Detection {
  readonly platform: string;
  readonly region: string;
  readonly capability: string;
  readonly state: string;
  readonly truthFromMinute: number;
  readonly truthToMinute: number;
  readonly detectedAtMinute: number | null;
  readonly lordenMinutes: number | null;
  readonly secondFailureAtMinute: number | null;
  readonly clearedAtMinute: number | null;
  readonly readmittedAtMinute: number | null;
}

export const detectionsOf = (stage: Stage): readonly Detection[] =>
  stage.truth.spans.map((span) => ({ ...momentsOf(stage.record, span), ...boundOf(stage, span) }));

const momentsOf = (record: RunRecord, span: KeyedSpan) => {
  const { platform, region, capability, state, fromMs, endMs, fromMinute, toMinute } = span;
  const lineOf = linesOf(record.states);
  const line = lineOf(span, shownAs(capability));
  const detectedMs = line.firstFrom(fromMs, (at) => isAtLeast(at.state, state));
  return {
    ...{ platform, region, capability, state, truthFromMinute: fromMinute, truthToMinute: toMinute },
    detectedAtMinute: detectedMs !== undefined && detectedMs < endMs ? minuteOf(detectedMs) : null,
    clearedAtMinute: minuteOf(line.firstFrom(endMs, (at) => at.state === 'healthy')),
    readmittedAtMinute: minuteOf(lineOf(span, 'publish').firstFrom(endMs, ({ admission }) => admission >= 1)),
  };
};

const boundOf = (stage: Stage, span: KeyedSpan) => {
  const minutes = lordenMinutes(stage, span);
  return {
    lordenMinutes: minutes === undefined ? null : round(minutes),
    secondFailureAtMinute: minuteOf(secondFailureMs(stage, span)),
  };
};

const minuteOf = (ms: number | undefined): number | null => (ms === undefined ? null : round(ms / 60_000));

/** Finer than any event of a trace: 0.6 ms. */
const round = (minutes: number): number => Math.round(minutes * 1e5) / 1e5;
