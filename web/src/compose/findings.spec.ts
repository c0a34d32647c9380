import { describe, expect, it } from '@jest/globals';
import { Problem } from '../api/problem.ts';
import { errorText, findingsOf, findingsOfProblem, isRefused, ofPost, ofTargets } from './findings.ts';

const violation = (field: string, message: string, code = 'content.invalid') => ({ field, message, code, rule: code });

describe('findingsOf', () => {
  it('puts each sentence at its account and field', () => {
    const findings = findingsOf({
      violations: [violation('targets.1.caption', 'Too long.'), violation('scheduledAt', 'Past.')],
      warnings: [{ field: 'targets.0', code: 'fallback.same_platform', message: 'Same platform.' }],
    });
    expect(ofTargets(findings, [1], 'caption').map(({ message }) => message)).toEqual(['Too long.']);
    expect(ofTargets(findings, [0])).toMatchObject([{ isWarning: true, field: '' }]);
    expect(errorText(ofPost(findings, 'scheduledAt'))).toBe('Past.');
    expect(isRefused(findings)).toBe(true);
  });

  it('refuses a time that clocks skip, and only warns of one they show twice', () => {
    const warned = (code: string) =>
      findingsOf({ violations: [], warnings: [{ field: 'scheduledAt', code, message: 'Clocks.' }] });
    expect(isRefused(warned('schedule.gap'))).toBe(true);
    expect(isRefused(warned('schedule.overlap'))).toBe(false);
  });

  it('says the same of two accounts once, and a field of options by its prefix', () => {
    const findings = findingsOf({
      violations: [
        violation('targets.0.options.privacyLevel', 'No.'),
        violation('targets.2.options.privacyLevel', 'No.'),
      ],
      warnings: [],
    });
    expect(ofTargets(findings, [0, 2], 'options')).toHaveLength(1);
  });
});

describe('findingsOfProblem', () => {
  it('is one sentence for the whole when the server named no field', () => {
    const problem = new Problem({ status: 409, code: 'post.changed', detail: 'Changed.' });
    expect(findingsOfProblem(problem)).toEqual([
      { field: '', code: 'post.changed', message: 'Changed.', isWarning: false },
    ]);
  });
});
