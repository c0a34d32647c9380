import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { appendHashtags } from './append-hashtags.js';

const always = () => true;

describe('appendHashtags', () => {
  it('puts them on a line of their own, or behind those that are there', () => {
    expect(appendHashtags('Tea', ['#a', '#b'], always).caption).toBe('Tea\n\n#a #b');
    expect(appendHashtags('Tea\n#x #y', ['#a'], always).caption).toBe('Tea\n#x #y #a');
    expect(appendHashtags('', ['#a'], always).caption).toBe('#a');
    expect(appendHashtags('Tea', [], always)).toEqual({ caption: 'Tea', leftOut: [] });
  });

  it('says nothing twice, whatever the letter case', () => {
    expect(appendHashtags('Good #TEA', ['#tea', '#b', '#B'], always)).toEqual({
      caption: 'Good #TEA\n\n#b',
      leftOut: [],
    });
  });

  it('leaves out what does not fit and tells it; a shorter one may still fit', () => {
    const found = appendHashtags('Tea', ['#a', '#muchlonger', '#b'], (text) => text.length <= 12);
    expect(found).toEqual({ caption: 'Tea\n\n#a #b', leftOut: ['#muchlonger'] });
    expect(appendHashtags('Too long ', ['#a'], () => false)).toEqual({ caption: 'Too long ', leftOut: ['#a'] });
  });

  it('never breaks a limit that the caption kept, and loses nothing of the caption', () => {
    const words = fc.array(fc.constantFrom('tea', '#tea', '#now', '\n', 'x'), { maxLength: 12 });
    const tags = fc.uniqueArray(fc.constantFrom('#a', '#tea', '#long_one', '#now', '#b'));
    fc.assert(
      fc.property(words, tags, fc.nat({ max: 60 }), (parts, hashtags, limit) => {
        const caption = parts.join(' ');
        const { caption: tagged, leftOut } = appendHashtags(caption, hashtags, (text) => text.length <= limit);
        expect(tagged.startsWith(caption.trimEnd())).toBe(true);
        if (tagged !== caption && tagged !== caption.trimEnd()) expect(tagged.length).toBeLessThanOrEqual(limit);
        for (const hashtag of hashtags)
          expect(tagged.split(/\s+/).includes(hashtag) || leftOut.includes(hashtag)).toBe(true);
      }),
    );
  });
});
