import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { advisoryOf, type FeedKnowledge, judge } from './advisory.js';
import type { FeedNews, FeedReading } from './feed.js';

const T0 = new Date('2026-01-26T12:00:00Z');
const LIFETIME = 2 * HOUR_MS;
const news = (id: string, updatedAt?: Date): FeedNews => ({
  id,
  summary: `${id} is in trouble`,
  severity: 'major',
  ...(updatedAt ? { updatedAt } : {}),
});
const red = (...all: FeedNews[]): FeedReading => ({ verdict: 'red', news: all });
const at = (minutes: number) => plusMs(T0, minutes * MINUTE_MS);

const fold = (...steps: [minute: number, reading: FeedReading][]) => {
  let known: FeedKnowledge | undefined;
  return steps.map(([minute, reading]) => {
    const judgement = judge(known, reading, at(minute), LIFETIME);
    known = judgement.knowledge;
    return judgement;
  });
};

describe('what a page says is worth', () => {
  it('is two hours of doubt for bad news, told once', () => {
    const [first, again, late] = fold([0, red(news('a'))], [5, red(news('a'))], [300, red(news('a'))]);
    expect(first?.fresh).toEqual({ until: at(120), severity: 'major', summary: 'a is in trouble' });
    expect(again?.fresh).toBeUndefined();
    expect(late?.fresh).toBeUndefined();
    expect(late?.knowledge).toMatchObject({ verdict: 'red', changedAt: T0, until: at(120) });
  });

  it('begins again with an update and with another trouble', () => {
    const [, update, second] = fold(
      [0, red(news('a', at(0)))],
      [60, red(news('a', at(58)))],
      [90, red(news('a', at(58)), news('b'))],
    );
    expect(update?.fresh?.until).toEqual(at(180));
    expect(second?.fresh?.until).toEqual(at(210));
  });

  it('is nothing when the page said it long ago', () => {
    const [judgement] = fold([0, red(news('a', at(-24 * 60)))]);
    expect(judgement?.fresh).toBeUndefined();
    expect(judgement?.knowledge).toMatchObject({ verdict: 'red' });
    expect(advisoryOf('feed:x', judgement?.knowledge as FeedKnowledge, T0)).toBeUndefined();
  });

  it('does not end when the page turns green, and says nothing new when an old trouble comes back', () => {
    const [, green, back] = fold([0, red(news('a', at(0)))], [10, { verdict: 'green' }], [150, red(news('a', at(0)))]);
    expect(green?.knowledge).toMatchObject({ verdict: 'green', changedAt: at(10), until: at(120) });
    expect(back?.fresh).toBeUndefined();
  });

  it('changes nothing while the page cannot be read', () => {
    const [, lost, back] = fold(
      [0, red(news('a'))],
      [5, { verdict: 'unknown', why: 'It answered 503.' }],
      [10, red(news('a'))],
    );
    expect(lost?.knowledge).toMatchObject({ verdict: 'unknown', summary: 'It answered 503.', until: at(120) });
    expect(back?.fresh).toBeUndefined();
  });

  it('is an advisory until its end and not at it', () => {
    const [judgement] = fold([0, red(news('a'))]);
    const knowledge = judgement?.knowledge as FeedKnowledge;
    expect(advisoryOf('feed:x', knowledge, at(119))).toEqual({ kind: 'advisory', until: at(120), source: 'feed:x' });
    expect(advisoryOf('feed:x', knowledge, at(120))).toBeUndefined();
  });
});
