import { describe, expect, it } from '@jest/globals';
import { assertCanBecome, canBecome, TARGET_STATUSES, type TargetStatus } from './target-status.js';

/** The table of schema.md with what hand-offs, refusals, restored databases and approvals add to it, written again by hand: never compared with itself. */
const PAGE: Readonly<Record<TargetStatus, string>> = {
  draft: 'scheduled cancelled',
  scheduled: 'publishing held unconfirmed rerouted missed cancelled',
  held: 'scheduled unconfirmed needs_decision rerouted missed cancelled',
  publishing: 'published unconfirmed scheduled held rerouted failed needs_decision cancelled',
  unconfirmed: 'published needs_decision scheduled held rerouted missed failed',
  needs_decision: 'published scheduled held rerouted missed cancelled',
  published: '',
  rerouted: '',
  missed: 'scheduled held',
  failed: 'scheduled held',
  cancelled: '',
};

const pairs = TARGET_STATUSES.flatMap((from) => TARGET_STATUSES.map((to) => [from, to] as const));

describe('target status', () => {
  it.each(pairs)('%s -> %s is as the table says', (from, to) => {
    expect(canBecome(from, to, false)).toBe(PAGE[from].split(' ').includes(to));
  });

  it.each(pairs)('with an attempt, %s -> %s differs from the table only by late truth', (from, to) => {
    const lateTruth = to === 'published' && from !== 'published';
    expect(canBecome(from, to, true)).toBe(PAGE[from].split(' ').includes(to) || lateTruth);
  });

  it('names both states when it refuses', () => {
    expect(() => assertCanBecome('published', 'scheduled', true)).toThrow(
      expect.objectContaining({ code: 'target.bad_transition', context: { from: 'published', to: 'scheduled' } }),
    );
  });
});
