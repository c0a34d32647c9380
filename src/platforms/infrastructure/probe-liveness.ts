import type { z } from 'zod';
import type { Clock } from '../../kernel/clock.port.js';
import type { ProbeOutcome } from '../domain/publish-outcome.js';
import { readJson } from './json-body.js';
import type { PlatformAnswer } from './platform-http.js';

/**
 * One look at a platform. Good: an answer below 500 in the documented shape, even if it refuses us, since a refusal
 * proves that the platform reads and answers. Bad: silence, 5xx, or a page that somebody else wrote.
 */
export const probeLiveness = async (
  clock: Clock,
  call: () => Promise<PlatformAnswer>,
  shape: z.ZodType,
): Promise<ProbeOutcome> => {
  const startedMs = clock.now().getTime();
  const answer = await call();
  const latencyMs = clock.now().getTime() - startedMs;
  if (answer.kind !== 'response') return { kind: 'bad', latencyMs, detail: answer.detail };
  if (answer.status >= 500) return { kind: 'bad', latencyMs, httpStatus: answer.status };
  return readJson(answer.text, shape) === undefined
    ? { kind: 'bad', latencyMs, httpStatus: answer.status, detail: 'not the documented shape' }
    : { kind: 'good', latencyMs };
};
