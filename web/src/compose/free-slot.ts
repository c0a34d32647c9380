import type { PreviewDto, QueueDto } from '../api/generated/types.gen.ts';

/** Places that stay empty because no evergreen post fits: a single post may have them. */
const FREE = ['none_fits', 'none_rested'];

/** When the first free place of a queue is, after `nowMs`; undefined: none in the span that was asked for. */
export const firstFree = ({ empty }: Pick<PreviewDto, 'empty'>, nowMs: number): string | undefined =>
  empty
    .filter(({ code, at }) => FREE.includes(code) && Date.parse(at) > nowMs)
    .map(({ at }) => at)
    .sort()[0];

/** Queues with a slot that takes a post of these tags. A slot without categories takes every post. */
export const queuesFor = (tags: readonly string[], queues: readonly QueueDto[]): readonly QueueDto[] =>
  queues.filter(({ slots }) =>
    slots.some(({ categories = [] }) => categories.length === 0 || categories.some((tag) => tags.includes(tag))),
  );
