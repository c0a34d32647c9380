import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../kernel/durations.js';
import { applyAttempt, applyTarget, type EngineTarget, step } from './engine.js';
import { publishingTiming } from './publishing-timing.js';

const NOW = new Date('2026-01-25T12:00:00Z');
const context = { now: NOW, timing: publishingTiming(1), jitter: () => 0 };
const target: EngineTarget = {
  status: 'publishing',
  platform: 'tiktok',
  scheduledAt: NOW,
  dueAt: NOW,
  staleAt: plusMs(NOW, 86_400_000),
  version: 3,
  tries: 1,
  checks: 0,
  late: false,
};
const attempt = { state: 'intended', handle: 'h1', absentReads: 0 } as const;

describe('the engine as a reducer', () => {
  it('turns an answer into rows, and what is live carries its handle', () => {
    const { state, effects } = step({ target, attempt }, { kind: 'answered', outcome: { kind: 'published' } }, context);
    expect(state.target).toMatchObject({ status: 'published', platformHandle: 'h1', publishedAt: NOW, version: 3 });
    expect(state.attempt).toMatchObject({ state: 'published', outcomeAt: NOW });
    expect(effects.map(({ kind }) => kind)).toEqual(['signal', 'event']);
  });

  it('leaves everything as it is when the event comes too late to mean anything', () => {
    const state = { target, attempt: { ...attempt, state: 'abandoned' } } as const;
    const after = step(state, { kind: 'not_ready', outcome: { kind: 'unavailable' } }, context);
    expect(after).toEqual({ state, effects: [], step: undefined });
  });

  it('refuses a change that the status table does not know', () => {
    const state = { target: { ...target, status: 'published' }, attempt } as const;
    expect(() => step(state, { kind: 'cancelled' }, context)).toThrow('cannot go from published to cancelled');
  });

  it('forgets why it was held once it waits no more, and keeps what a change does not name', () => {
    const held: EngineTarget = { ...target, status: 'held', holdReason: 'platform', holdUntil: NOW, nextCheckAt: NOW };
    const after = applyTarget(held, { status: 'scheduled', bumpVersion: true });
    expect(after).toEqual({ ...target, status: 'scheduled', version: 4, nextCheckAt: NOW });
    expect(applyTarget(held, { status: 'held', nextCheckAt: null })).not.toHaveProperty('nextCheckAt');
  });

  it('keeps the moment of the first outcome, and counts absent reads beside it', () => {
    const first = applyAttempt(attempt, { state: 'unknown' }, NOW);
    const later = plusMs(NOW, 60_000);
    expect(applyAttempt(first, { state: 'adopted' }, later)).toMatchObject({ state: 'adopted', outcomeAt: NOW });
    expect(applyAttempt(first, { state: 'unknown', absentRead: true }, later)).toMatchObject({
      absentReads: 1,
      lastAbsentAt: later,
      outcomeAt: NOW,
    });
  });
});
