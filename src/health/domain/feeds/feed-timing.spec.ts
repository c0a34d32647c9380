import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';
import { builtInFeeds } from './built-in-feeds.js';
import { advisoryLifetimeMs, untilNextLook } from './feed-timing.js';

describe('when a page is looked at', () => {
  const next = (failures: number, random = 0.5, retryAfterMs?: number) =>
    untilNextLook({ everySeconds: 300, failures, random, retryAfterMs });

  it('is every five minutes, spread by a fifth', () => {
    expect([next(0, 0), next(0), next(0, 1)]).toEqual([4 * MINUTE_MS, 5 * MINUTE_MS, 6 * MINUTE_MS]);
  });

  it('is rarer the longer it fails, up to an hour', () => {
    expect([1, 2, 3, 4, 99].map((failures) => next(failures))).toEqual(
      [10, 20, 40, 60, 60].map((minutes) => minutes * MINUTE_MS),
    );
  });

  it('is not before the page wants it, nor at its whim', () => {
    expect(next(1, 0.5, 30 * MINUTE_MS)).toBe(30 * MINUTE_MS);
    expect(next(1, 0.5, 999 * HOUR_MS)).toBe(6 * HOUR_MS);
  });

  it('lets bad news live for two hours at scale 1', () => {
    expect([advisoryLifetimeMs(1), advisoryLifetimeMs(60)]).toEqual([2 * HOUR_MS, 2 * MINUTE_MS]);
  });
});

describe('the built-in feeds', () => {
  const of = (chosen: string[], origin?: string) => builtInFeeds({ chosen, everySeconds: 300, origin });

  it('are all, none, or those that are named', () => {
    expect(of(['all']).map(({ name }) => name)).toEqual([
      'meta-graph-api',
      'meta-facebook-login',
      'google-identity',
      'bluesky',
      'discord',
    ]);
    expect(of(['none'])).toEqual([]);
    expect(of(['discord'])).toMatchObject([{ name: 'discord', platform: 'discord', everySeconds: 300 }]);
  });

  it('can all be moved to one place', () => {
    const [discord] = of(['discord'], 'http://127.0.0.1:4010/');
    expect(discord?.url).toBe('http://127.0.0.1:4010/discordstatus.com/api/v2/summary.json');
  });
});
