import { describe, expect, it } from '@jest/globals';
import { Problem } from '../../api/problem.ts';
import { acceptableFindings } from './acceptable.ts';

const refusal = (...checks: string[]) =>
  new Problem({
    ...{ status: 422, code: 'broadcast.preflight_failed', detail: 'It would not arrive.' },
    errors: checks.map((check) => ({ field: check, rule: `preflight.${check}`, message: '' })),
  });

describe('acceptableFindings', () => {
  it('are what name servers found, each once', () => {
    expect(acceptableFindings(refusal('dkim', 'spf', 'spf'))).toEqual(['dkim', 'spf']);
  });

  it('are none when anything else speaks against it', () => {
    expect(acceptableFindings(refusal('dkim', 'headers'))).toBeUndefined();
    expect(
      acceptableFindings(new Problem({ status: 409, code: 'broadcast.no_recipients', detail: '' })),
    ).toBeUndefined();
  });
});
