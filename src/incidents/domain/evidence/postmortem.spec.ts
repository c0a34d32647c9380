import { describe, expect, it } from '@jest/globals';
import { entryOf, headOf, reachOf } from '../../../../test/mothers/evidence.js';
import { evidenceWindow } from './evidence.js';
import { openQuestions } from './open-questions.js';
import { postmortemOf, type PostmortemFacts } from './postmortem.js';

const factsOf = (more: Partial<PostmortemFacts> = {}): PostmortemFacts => ({
  head: headOf(),
  timeline: [entryOf({ text: 'Rang *them*\n# now' })],
  hasMoreTimeline: false,
  updates: [],
  reach: [reachOf()],
  hasMoreReach: false,
  ...more,
});

describe('a postmortem draft', () => {
  it('fills in what is known', () => {
    const draft = postmortemOf(factsOf());
    expect(draft).toContain('# Postmortem (draft): TikTok, region us, 2026-01-25');
    expect(draft).toContain('declared 30 s after the first bad observation');
    expect(draft).toContain('(4 h 0 min)');
    expect(draft).toContain('| rerouted | 2 |');
    expect(draft).toContain('| shorts | 2 | 1 |');
    expect(draft).toContain('| Bread | 24 h | 3 | 100 (middle half 80 to 130, 9 posts) | 300 |');
  });

  it('keeps people’s words on their line and unformatted', () => {
    expect(postmortemOf(factsOf())).toContain('Rang \\*them\\* \\# now');
  });

  it('says that there is more than it shows', () => {
    const draft = postmortemOf(factsOf({ hasMoreTimeline: true, hasMoreReach: true }));
    expect(draft).toContain('More is in the evidence report.');
    expect(draft).toContain('More accounts are in the evidence report.');
  });
});

describe('open questions', () => {
  it('are those that the numbers leave open', () => {
    const questions = openQuestions(headOf(), [reachOf({ expected: { kind: 'not_enough_history', sampleSize: 0 } })]);
    expect(questions.join('\n')).toContain('1 target was missed');
    expect(questions.join('\n')).toContain('1 replacement is not live');
    expect(questions.join('\n')).toContain('1 account has too little history');
    expect(questions.join('\n')).not.toContain('unconfirmed');
    expect(questions.join('\n')).not.toContain('still open');
  });

  it('ask for the end of an incident that is open', () => {
    const { closedAt: _, ...open } = headOf().incident;
    expect(openQuestions({ ...headOf(), incident: open }, []).join()).toContain('still open');
  });
});

describe('the window of a report', () => {
  const openedAt = new Date('2026-01-25T10:00:00Z');
  const now = new Date('2026-01-25T12:00:00Z');

  it('begins before the opening and ends now while the incident is open', () => {
    expect(evidenceWindow({ openedAt }, now, 600_000)).toEqual({ from: new Date('2026-01-25T09:50:00Z'), to: now });
  });

  it('ends a little after the closing, never in the future', () => {
    const closedAt = new Date('2026-01-25T11:00:00Z');
    expect(evidenceWindow({ openedAt, closedAt }, now, 600_000).to).toEqual(new Date('2026-01-25T11:10:00Z'));
    expect(evidenceWindow({ openedAt, closedAt: now }, now, 600_000).to).toEqual(now);
  });
});
