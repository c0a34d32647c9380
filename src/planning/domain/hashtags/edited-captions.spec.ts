import { describe, expect, it } from '@jest/globals';
import { changeTo, editedCaptions } from './edited-captions.js';

const POST = {
  caption: 'Tea',
  variants: { reels: { caption: 'Reel tea' }, shorts: { title: 'T' } },
  options: { a: 1 },
};

describe('captions after an edit', () => {
  it('are the new ones, the old ones where nothing was said, and none where a variant was taken away', () => {
    const change = { caption: 'Coffee', variants: { reels: null, tiktok: { caption: 'Tik' } } };
    expect(editedCaptions(POST, change)).toEqual({
      ...{ caption: 'Coffee', variants: { shorts: { title: 'T' }, tiktok: { caption: 'Tik' } } },
      options: { a: 1 },
    });
    expect(editedCaptions(POST, {})).toEqual(POST);
  });

  it('become a change again that takes away what it took away', () => {
    const change = { variants: { reels: null } };
    const dressed = { caption: 'Tea\n\n#tea', variants: { shorts: { title: 'T', caption: 'Tea\n\n#tea' } } };
    expect(changeTo(change, dressed)).toEqual({
      caption: 'Tea\n\n#tea',
      variants: { reels: null, shorts: { title: 'T', caption: 'Tea\n\n#tea' } },
    });
  });
});
