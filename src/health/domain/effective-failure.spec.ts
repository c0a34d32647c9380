import { describe, expect, it } from '@jest/globals';
import { detectorConfig } from './detector-config.js';
import { initialState } from './detector-state.js';
import { countFailure, remember } from './effective-failure.js';
import { healthTiming } from './health-timing.js';

const timing = healthTiming(1);
const AT = 1_000_000_000;
const fresh = () => initialState(detectorConfig(1), new Date(AT));

describe('countFailure', () => {
  it('forgets who was active a day ago', () => {
    let state = fresh();
    for (const workspaceId of ['a', 'b', 'c']) state = remember(state, { workspaceId }, AT);
    const soon = countFailure(state, { workspaceId: 'a', targetId: 't1' }, AT + 1_000, timing);
    expect(soon?.counted).toEqual([['a', AT + 1_000]]);
    const later = AT + 24 * 3_600_000 + 1;
    expect(countFailure(state, { workspaceId: 'a', targetId: 't1' }, later, timing)?.counted).toEqual([['t1', later]]);
  });

  it('counts a source again after its window, and one that cannot be named always', () => {
    const counted = countFailure(fresh(), { targetId: 't' }, AT, timing);
    expect(counted && countFailure(counted, { targetId: 't' }, AT + 119_999, timing)).toBeUndefined();
    expect(counted && countFailure(counted, { targetId: 't' }, AT + 120_000, timing)).toBeDefined();
    expect(countFailure(fresh(), {}, AT, timing)).toBeDefined();
  });
});
