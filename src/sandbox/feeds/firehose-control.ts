import type { FeedsService } from './feeds-service.js';
import type { Ordered } from './feeds-control.js';

type Body = Readonly<Record<string, unknown>>;
const MOST = 5_000;

/**
 * `POST /__sim/firehose {text, times?, did?}` streams posts, each by another author unless `did` names one;
 * `{cut: true}` breaks every connection.
 */
export const orderFirehose = ({ firehose }: FeedsService, { text, times = 1, did, cut }: Body): Ordered => {
  if (cut === true) return { value: { cut: firehose.cut() } };
  if (typeof text !== 'string' || text === '') return { error: 'text must be what the post says' };
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1 || times > MOST)
    return { error: `times must be 1 to ${MOST}` };
  if (did !== undefined && typeof did !== 'string') return { error: 'did must be a string' };
  for (let n = 0; n < times; n += 1) firehose.post({ text, did: did ?? firehose.stranger() });
  return { value: { posted: times, listeners: firehose.listeners } };
};
