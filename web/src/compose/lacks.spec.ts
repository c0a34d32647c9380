import { describe, expect, it } from '@jest/globals';
import { type Draft, emptyDraft } from './draft.ts';
import { lacksOf } from './lacks.ts';

const lacks = (typed: Partial<Draft>) => lacksOf({ ...emptyDraft(), ...typed });
const WHOLE = { mediaId: 'm', accountIds: ['a'], at: '2026-12-01T10:00' };

describe('lacksOf', () => {
  it('names everything that a run needs and does not have', () => {
    expect(lacks({ mode: 'at' })).toEqual(['video', 'accounts', 'time']);
    expect(lacks({ mode: 'at', mediaId: 'm', at: WHOLE.at })).toEqual(['accounts']);
    expect(lacks({ ...WHOLE, mode: 'recurring', at: '' })).toEqual(['time']);
    expect(lacks({ mode: 'now', mediaId: 'm' })).toEqual(['accounts']);
    expect(lacks({ ...WHOLE, mode: 'at' })).toEqual([]);
  });

  it('asks a draft, or a post that queues take, for its video only', () => {
    for (const mode of ['draft', 'evergreen'] as const) {
      expect(lacks({ mode })).toEqual(['video']);
      expect(lacks({ mode, mediaId: 'm' })).toEqual([]);
    }
  });
});
