import type { Evidence } from '../../../platforms/domain/publish-outcome.js';
import type { AttemptChange, Step } from '../targets/target-state.js';

/** The step with what the platform said, for the attempt's row; unchanged where it said nothing. */
export const withAnswer = (step: Step, { httpStatus, platformCode, requestId, detail }: Evidence): Step => {
  if (!step.attempt) return step;
  const said = { httpStatus, platformCode, requestId, detail };
  const answer = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  if (Object.keys(answer).length === 0) return step;
  return { ...step, attempt: { ...step.attempt, answer } satisfies AttemptChange };
};
