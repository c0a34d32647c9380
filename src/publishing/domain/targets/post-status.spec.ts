import { describe, expect, it } from '@jest/globals';
import { postStatus } from './post-status.js';
import type { TargetStatus } from './target-status.js';

const of = (...statuses: readonly TargetStatus[]) => postStatus(statuses.map((status) => ({ status })));

describe('postStatus', () => {
  it('is a draft without targets', () => expect(of()).toBe('draft'));
  it.each(['publishing', 'unconfirmed', 'needs_decision', 'held'] as const)('is publishing while one is %s', (status) =>
    expect(of('published', status, 'scheduled')).toBe('publishing'),
  );
  it('is scheduled while one waits and none is in flight', () =>
    expect(of('published', 'scheduled')).toBe('scheduled'));
  it('is published when every target is live', () => expect(of('published', 'published')).toBe('published'));
  it('counts a rerouted target with a live replacement as live', () =>
    expect(postStatus([{ status: 'rerouted', replacementLive: true }])).toBe('published'));
  it('is partial when some are live', () => expect(of('published', 'failed')).toBe('partial'));
  it('is failed when none is live', () => expect(of('failed', 'missed')).toBe('failed'));
  it('is cancelled when all were cancelled', () => expect(of('cancelled', 'cancelled')).toBe('cancelled'));
});
