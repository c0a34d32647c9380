import { describe, expect, it } from '@jest/globals';
import type { StoredPost } from '../../library/domain/post-snapshot.js';
import type { TargetSummary } from '../../publishing/domain/targets/target-summary.js';
import { hasRun, viewOf } from './post-view.js';

const target = (id: string, occurrenceId: string, status: TargetSummary['status'], replacementId?: string) =>
  ({ id, occurrenceId, status, replacementId }) as unknown as TargetSummary;
const statusOf = (...targets: TargetSummary[]) => viewOf({} as StoredPost, targets).status;

describe('viewOf', () => {
  it('calls a post without targets a draft', () => {
    expect(statusOf()).toBe('draft');
  });

  it('forgets how earlier runs ended', () => {
    expect(statusOf(target('1', 'run-1', 'failed'), target('2', 'run-2', 'published'))).toBe('published');
  });

  it('remembers what an earlier run still owes', () => {
    expect(statusOf(target('1', 'run-1', 'unconfirmed'), target('2', 'run-2', 'published'))).toBe('publishing');
  });

  it('counts a rerouted target as live when its replacement is', () => {
    const rerouted = target('1', 'run-1', 'rerouted', '2');
    expect(statusOf(rerouted, target('2', 'run-1', 'published'))).toBe('published');
    expect(statusOf(rerouted, target('2', 'run-1', 'failed'))).toBe('failed');
  });
});

describe('hasRun', () => {
  it('does not count what was cancelled', () => {
    expect(hasRun([target('1', 'a', 'cancelled')])).toBe(false);
    expect(hasRun([target('1', 'a', 'cancelled'), target('2', 'b', 'missed')])).toBe(true);
  });
});
