import { describe, expect, it } from '@jest/globals';
import { readTime } from './read-time.js';

describe('readTime', () => {
  it.each([
    ['2026-12-01T18:30', '2026-12-01T18:30'],
    ['2026-12-01T18:30:00Z', '2026-12-01T18:30:00Z'],
    ['2026-12-01 18:30', '2026-12-01T18:30'],
    ['2026/12/1 18:30:15', '2026-12-01T18:30:15'],
    ['2026-12-01 6:30 PM', '2026-12-01T18:30'],
    ['2026-12-01 12:05 am', '2026-12-01T00:05'],
    ['2026-12-01 18:30+01:00', '2026-12-01T18:30+01:00'],
    ['2026-12-01 18:30 UTC', '2026-12-01T18:30Z'],
    [' 2026-12-01 18:30 ', '2026-12-01T18:30'],
  ])('reads %j', (text, time) => expect(readTime(text)).toEqual({ time }));

  it('joins a date with the time of day beside it', () => {
    expect(readTime('2026-12-01', '9:05')).toEqual({ time: '2026-12-01T09:05' });
  });

  it.each(['01/02/26 10:00', '1.2.2026 10:00', '12-01-2026 10:00'])('refuses to guess day and month in %j', (text) => {
    expect(readTime(text)).toEqual({ fault: 'ambiguous' });
  });

  it.each([
    'next Friday at 2 PM',
    '2026-02-30 10:00',
    '2026-12-01',
    '2026-12-01 25:00',
    '2026-12-01 13:00 pm',
    '=NOW()',
  ])('reads nothing in %j', (text) => expect(readTime(text)).toEqual({ fault: 'unreadable' }));
});
