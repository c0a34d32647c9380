import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../kernel/durations.js';
import { expiryOf, type Override, overrideFor } from './override.js';

const NOW = new Date('2026-01-25T12:00:00Z');
const hours = (count: number) => plusMs(NOW, count * 3_600_000);

const override = (id: string, more: Partial<Override> = {}): Override => ({
  id,
  scope: more.workspaceId === undefined ? 'instance' : 'workspace',
  platform: 'tiktok',
  state: 'down',
  reason: 'I see it',
  author: 'key:a',
  createdAt: NOW,
  expiresAt: hours(4),
  ...more,
});

const winner = (overrides: readonly Override[], at = NOW) =>
  overrideFor(overrides, { platform: 'tiktok', region: 'us', workspaceId: 'w' }, at)?.id;

describe('overrideFor', () => {
  it("prefers the workspace's own, then the one for this region, then the newest", () => {
    const all = override('all');
    const us = override('us', { region: 'us' });
    const own = override('own', { workspaceId: 'w' });
    const newer = override('newer', { workspaceId: 'w', createdAt: plusMs(NOW, 1) });
    expect(winner([all])).toBe('all');
    expect(winner([all, us])).toBe('us');
    expect(winner([us, own, all])).toBe('own');
    expect(winner([newer, own, us])).toBe('newer');
  });

  it('passes over other workspaces, platforms, regions and what is over', () => {
    const others = [
      override('a', { workspaceId: 'x' }),
      override('b', { platform: 'reels' }),
      override('c', { region: 'eu' }),
    ];
    expect(winner(others)).toBeUndefined();
    expect(winner([override('d')], hours(4))).toBeUndefined();
  });
});

describe('expiryOf', () => {
  it('is four hours ahead unless said otherwise, and at most a day', () => {
    expect(expiryOf({}, NOW)).toEqual(hours(4));
    expect(expiryOf({ forSeconds: 60 }, NOW)).toEqual(plusMs(NOW, 60_000));
    expect(expiryOf({ expiresAt: hours(24) }, NOW)).toEqual(hours(24));
    expect(() => expiryOf({ expiresAt: plusMs(hours(24), 1) }, NOW)).toThrow('within 24 hours');
    expect(() => expiryOf({ expiresAt: NOW }, NOW)).toThrow('in the future');
    expect(() => expiryOf({ expiresAt: hours(1), forSeconds: 60 }, NOW)).toThrow('not both');
  });
});
