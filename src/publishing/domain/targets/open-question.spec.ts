import { describe, expect, it } from '@jest/globals';
import { openQuestionOf } from './open-question.js';

const target = { id: 't1', status: 'needs_decision' as const, staleAt: new Date('2026-01-27T12:00:00Z') };

describe('openQuestionOf', () => {
  it('says in one sentence what to do, with every answer', () => {
    const question = openQuestionOf(target);
    expect(question?.sentence).toMatch(/^We could not find out .*\.$/);
    expect(question?.answers.map(({ request }) => request)).toEqual([
      'POST /v1/targets/t1/resolve',
      'POST /v1/targets/t1/resolve',
      'POST /v1/targets/t1/cancel',
    ]);
  });

  it('tells until when "absent" means another try', () => {
    expect(openQuestionOf(target)?.answers[1]?.means).toContain('Until 2026-01-27T12:00:00.000Z it is sent again');
  });

  it('asks nothing of targets that go on by themselves', () => {
    expect(openQuestionOf({ ...target, status: 'unconfirmed' })).toBeUndefined();
  });
});
