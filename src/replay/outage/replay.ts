import { policiesWith } from './policies/policies.js';
import { play } from './run/play.js';
import type { PolicyName } from './run/policy.js';
import { Stage } from './run/stage.js';
import { type Score, scoreOf } from './scores/score.js';
import type { OutageTrace } from './trace/trace.js';

/** Who listens while a trace is played. */
export interface Listener {
  readonly onHour?: (policy: PolicyName, hour: number) => void;
  readonly debug?: (line: string) => void;
}

/** Plays one policy against a trace and scores it. The same trace and seed give the same score. */
export const replay = (
  trace: OutageTrace,
  policy: PolicyName,
  { seed = trace.seed, onHour, debug }: Listener & { readonly seed?: number } = {},
): Score => {
  const stage = new Stage(trace, seed);
  play(stage, policiesWith(debug)[policy](stage), (hour) => onHour?.(policy, hour));
  return scoreOf(stage);
};
