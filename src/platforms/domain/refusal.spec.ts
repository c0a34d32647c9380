import { describe, expect, it } from '@jest/globals';
import { evidence } from './refusal.js';

describe('evidence', () => {
  it('leaves out what is absent', () => {
    expect(evidence({ httpStatus: 400, platformCode: '', detail: undefined })).toEqual({ httpStatus: 400 });
  });

  it('keeps little of what a server of somebody else makes up', () => {
    const long = 'x'.repeat(1_000_000);
    const { platformCode, requestId, detail } = evidence({ platformCode: long, requestId: long, detail: long });
    expect([platformCode, requestId, detail].map((text) => text?.length)).toEqual([120, 120, 1_000]);
  });
});
