import { describe, expect, it } from '@jest/globals';
import type { TargetState } from '../targets/target-state.js';
import { approvalUntil, approvedStep, gated } from './approval.policy.js';
import { isUnapproved } from './approval-state.js';

const AT = new Date('2026-12-01T12:00:00Z');
const hours = (count: number) => new Date(AT.getTime() + count * 3_600_000);
const target = (change: Partial<TargetState> = {}): TargetState => ({
  status: 'held',
  platform: 'tiktok',
  scheduledAt: AT,
  staleAt: hours(48),
  tries: 0,
  checks: 0,
  approval: 'waiting',
  ...change,
});
const GO = { cause: 'retried', target: { status: 'scheduled', bumpVersion: true, dueAt: AT }, effects: [] } as const;

describe('the deadline of an approval', () => {
  it('is the time itself where the rule is to miss, and the stale time where it is to hold', () => {
    expect(approvalUntil(target(), 'miss', hours(-1))).toEqual(AT);
    expect(approvalUntil(target(), 'hold', hours(-1))).toEqual(hours(48));
  });

  it('is the stale time for what was meant for now, since its time cannot pass', () => {
    expect(approvalUntil(target(), 'miss', AT)).toEqual(hours(48));
    expect(approvalUntil(target(), 'miss', hours(1))).toEqual(hours(48));
  });
});

describe('an approval', () => {
  it('lets a target go at its time, at once when that is past, never when it is stale', () => {
    expect(approvedStep(target(), hours(-1)).target).toMatchObject({ status: 'scheduled', dueAt: AT });
    expect(approvedStep(target(), hours(2)).target).toMatchObject({ status: 'scheduled', dueAt: hours(2) });
    expect(approvedStep(target(), hours(48))).toMatchObject({ cause: 'stale', target: { status: 'missed' } });
  });
});

describe('the last gate', () => {
  it.each(['waiting', 'rejected'] as const)('holds what is %s, whatever the step wanted', (approval) => {
    expect(isUnapproved(approval)).toBe(true);
    expect(gated(GO, target({ status: 'missed', approval })).target).toMatchObject({
      status: 'held',
      approval: 'waiting',
      hold: { reason: 'approval', until: hours(48) },
    });
  });

  it('lets through what was approved, needs no approval, or is approved by this very step', () => {
    const { approval: _, ...free } = target();
    expect(gated(GO, target({ approval: 'given' }))).toBe(GO);
    expect(gated(GO, free)).toBe(GO);
    const approved = approvedStep(target(), AT);
    expect(gated(approved, target())).toBe(approved);
  });

  it('leaves steps that send nothing alone', () => {
    const missed = { cause: 'stale', target: { status: 'missed' }, effects: [] } as const;
    expect(gated(missed, target())).toBe(missed);
  });
});
