import type { Draft } from './draft.ts';

/** What must be there before a draft can be saved as its mode says. */
export type Lack = 'video' | 'accounts' | 'time';

const PLACED: readonly Draft['mode'][] = ['at', 'now', 'recurring'];
const TIMED: readonly Draft['mode'][] = ['at', 'recurring'];

/** What is missing, in the order of the page. Queues give evergreen posts their accounts and times. */
export const lacksOf = ({ mode, mediaId, accountIds, at }: Draft): readonly Lack[] => [
  ...(mediaId === undefined ? (['video'] as const) : []),
  ...(PLACED.includes(mode) && accountIds.length === 0 ? (['accounts'] as const) : []),
  ...(TIMED.includes(mode) && at === '' ? (['time'] as const) : []),
];
