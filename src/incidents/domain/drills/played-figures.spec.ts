import { describe, expect, it } from '@jest/globals';
import { type PlayedCopy, playedFigures } from './played-figures.js';

const dueAt = new Date('2026-01-26T08:00:00Z');
const after = (seconds: number) => new Date(dueAt.getTime() + seconds * 1_000);
const post = (marker: string) => ({ marker, dueAt, originExternalId: 'tiktok', obstacles: [] });
const copy = (marker: string, externalId: string, seconds: number): PlayedCopy => ({
  marker,
  externalId,
  liveAt: after(seconds),
});
const played = (copies: readonly PlayedCopy[], markers = ['1']) =>
  playedFigures({ posts: markers.map(post), copies, healedAt: after(60), timeScale: 60 });

describe('playedFigures', () => {
  it('takes the first live copy for what reached the audience, in the time of the outage', () => {
    const { figures, counts, caughtUp } = played([copy('1', 'reels', 2), copy('1', 'tiktok', 90)]);
    expect(counts).toEqual({ moved: 1, late: 0, missed: 0 });
    expect(figures).toMatchObject({ reached: 1, onTime: 1, withoutFallback: 0, secondsToMove: 120, duplicates: 0 });
    expect(caughtUp).toBe(1);
  });

  it('counts as late what went out at home after the outage, and as missed what nobody ever saw', () => {
    const { figures, counts } = played([copy('1', 'tiktok', 70)], ['1', '2']);
    expect(counts).toEqual({ moved: 0, late: 1, missed: 1 });
    expect(figures).toMatchObject({ affected: 2, reached: 1, onTime: 0, withoutFallback: 0 });
    expect(figures).not.toHaveProperty('secondsToMove');
  });

  it('counts every second copy on one account', () => {
    const copies = [copy('1', 'reels', 1), copy('1', 'reels', 2), copy('1', 'reels', 3), copy('2', 'reels', 1)];
    expect(played(copies, ['1', '2']).figures.duplicates).toBe(2);
  });

  it('tells a post that nobody could take from one that met a full account', () => {
    const none = { code: 'no_fallback', text: 'No fallback.' };
    const full = { code: 'fallback_full', text: 'reels account takes over no more.' };
    const posts = [
      { ...post('1'), obstacles: [none] },
      { ...post('2'), obstacles: [none, full] },
      { ...post('3'), obstacles: [none, full] },
    ];
    const result = playedFigures({ posts, copies: [copy('3', 'reels', 5)], healedAt: after(60), timeScale: 60 });
    expect(result.figures).toMatchObject({ withoutFallback: 1, turnedAway: 2 });
    expect(result.obstacles).toEqual([
      { code: 'fallback_full', count: 2, example: full.text },
      { code: 'no_fallback', count: 1, example: none.text },
    ]);
  });
});
