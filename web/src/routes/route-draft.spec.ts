import { describe, expect, it } from '@jest/globals';
import type { RouteDto } from '../api/generated/types.gen.ts';
import { draftOf, newRouteOf, policyOf, reordered } from './route-draft.ts';

const ROUTE: RouteDto = {
  id: 'r',
  scope: 'platform',
  scopeId: 'tiktok',
  platform: 'tiktok',
  onDegraded: 'publish',
  onDown: 'reroute',
  onUnknown: 'wait',
  onAccountTrouble: 'hold',
  holdForSeconds: 1_800,
  staleAfterSeconds: 172_800,
  failback: 'catch_up',
  removeLate: false,
  announce: [],
  fallbacks: ['a', 'b'],
  version: 3,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};

describe('a draft of a route', () => {
  it('shows spans in minutes and hours, and sends them in seconds as they were', () => {
    const draft = draftOf(ROUTE);
    expect(draft).toMatchObject({ holdMinutes: 30, staleHours: 48, broadcastMinutes: '' });
    expect(policyOf(draft)).toMatchObject({ holdForSeconds: 1_800, staleAfterSeconds: 172_800, fallbacks: ['a', 'b'] });
  });

  it('sends an empty field as "none", not as nothing', () => {
    expect(policyOf(draftOf(ROUTE))).toMatchObject({ broadcastAfterSeconds: null, maxExtraPerDay: null });
  });

  it('names no place for a route of the workspace', () => {
    expect(newRouteOf(draftOf(undefined))).not.toHaveProperty('scopeId');
    expect(newRouteOf({ ...draftOf(undefined), scope: 'tag', scopeId: ' tea ' })).toMatchObject({ scopeId: 'tea' });
  });
});

describe('reordered', () => {
  it('puts an item elsewhere and leaves the rest in order', () => {
    expect(reordered(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(reordered(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  });

  it('changes nothing for a place outside of the list', () => {
    expect(reordered(['a', 'b'], 0, 2)).toEqual(['a', 'b']);
    expect(reordered(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
});
