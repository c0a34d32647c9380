import type { Line } from './events.ts';
import type { GroupState } from './groups.ts';

/** Tones of `calendar.css`. */
type Tone = 'well' | 'waits' | 'busy' | 'care' | 'bad' | 'moved' | 'faint' | 'empty';

const TONES: Partial<Record<GroupState, Tone>> = {
  published: 'well',
  scheduled: 'waits',
  draft: 'faint',
  publishing: 'busy',
  held: 'care',
  unconfirmed: 'care',
  needs_decision: 'bad',
  failed: 'bad',
  missed: 'bad',
  rerouted: 'moved',
  forecast: 'faint',
  empty: 'empty',
};

/** Classes of a line; a run to come is lighter, an empty slot only an outline. */
export const classOf = (line: Line): string =>
  'more' in line ? 'line line-more' : `line line-${TONES[line.group.state] ?? 'waits'}`;
