import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { captionsMatch, matchCandidates, normaliseCaption, type Wanted } from './caption-matching.js';
import type { FoundPost } from './publish-outcome.js';

const committedAt = new Date('2026-01-26T12:00:00Z');
const wanted: Wanted = {
  caption: 'Soup in 30 s #soup @mara',
  durationMs: 31_000,
  marker: 'm1',
  committedAt,
  takenIds: new Set(['taken']),
};
const post = (change: Partial<FoundPost> = {}): FoundPost => ({
  platformPostId: '1',
  caption: 'soup in 30 s  #soup mara ',
  createdAt: new Date(committedAt.getTime() + 5_000),
  durationMs: 31_000,
  ...change,
});

describe('normaliseCaption', () => {
  it('is idempotent and blind to case, spaces, at signs and zero-width characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normaliseCaption(text);
        expect(normaliseCaption(once)).toBe(once);
        expect(normaliseCaption(` \u200b@${text}\t`)).toBe(once);
      }),
    );
  });
});

describe('captionsMatch', () => {
  it('matches every caption with itself, and with what is left of it after 100 characters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{100,160}$/), fc.integer({ min: 100, max: 150 }), (text, cut) => {
        expect(captionsMatch(text, text)).toBe(true);
        expect(captionsMatch(text, text.slice(0, cut))).toBe(true);
      }),
    );
  });

  it.each([
    ['soup', 'soup in 30 s'],
    ['soup in 30 s', 'soup'],
    ['soup', ''],
    ['', 'soup'],
  ])('keeps %j and %j apart', (ours, theirs) => {
    expect(captionsMatch(ours, theirs)).toBe(false);
  });
});

describe('matchCandidates', () => {
  it('finds ours', () => {
    expect(matchCandidates([post()], wanted)).toHaveLength(1);
  });

  it.each([
    ['older than the call by more than a minute', post({ createdAt: new Date(committedAt.getTime() - 60_001) })],
    ['known to belong to another target', post({ platformPostId: 'taken' })],
    ['of another length', post({ durationMs: 33_000 })],
    ['with another caption', post({ caption: 'Stew' })],
    ['with the marker of another attempt', post({ marker: 'm2' })],
  ])('leaves out a post that is %s', (_why, other) => {
    expect(matchCandidates([other], wanted)).toEqual([]);
  });

  it('names both when two fit, so that nobody picks', () => {
    expect(matchCandidates([post(), post({ platformPostId: '2' })], wanted)).toHaveLength(2);
  });

  it('lets a marker settle it alone', () => {
    const marked = post({ platformPostId: '3', caption: 'edited since', marker: 'm1' });
    expect(matchCandidates([post(), marked], wanted)).toEqual([marked]);
  });
});
