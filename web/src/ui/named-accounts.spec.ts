import { describe, expect, it } from '@jest/globals';
import { withAccountNames } from './named-accounts.ts';

const ID = '01a2015e-c816-763a-8f08-595425b3de70';

describe('withAccountNames', () => {
  it('says an account by its name, and leaves one that it does not know', () => {
    const sentence = `Instagram Reels account ${ID} has no quota left.`;
    expect(withAccountNames(sentence, [{ id: ID, displayName: 'mara' }])).toBe(
      'Instagram Reels account mara has no quota left.',
    );
    expect(withAccountNames(sentence, [])).toBe(sentence);
  });
});
