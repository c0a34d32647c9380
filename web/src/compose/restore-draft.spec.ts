import { describe, expect, it } from '@jest/globals';
import { isBareDraft } from './restore-draft.ts';

describe('isBareDraft', () => {
  it('is a single post that was never scheduled', () => {
    expect(isBareDraft({ kind: 'one_shot', targets: [] })).toBe(true);
    expect(isBareDraft({ kind: 'evergreen', targets: [] })).toBe(false);
    expect(isBareDraft({ kind: 'one_shot', targets: [{ status: 'cancelled' } as never] })).toBe(false);
  });
});
