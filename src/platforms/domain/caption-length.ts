/** How a platform counts a caption: UTF-16 code units, user-perceived characters, or UTF-8 bytes. */
export type CaptionUnit = 'utf16' | 'graphemes' | 'bytes';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const encoder = new TextEncoder();

const graphemes = (text: string): number => {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
};

/** Length of `text` in `unit`, integer >= 0. */
export const captionLength = (text: string, unit: CaptionUnit): number => {
  switch (unit) {
    case 'utf16':
      return text.length;
    case 'graphemes':
      return graphemes(text);
    case 'bytes':
      return encoder.encode(text).length;
  }
};

/** The longest start of `text` with at most `max` UTF-16 units that does not cut a user-perceived character. */
export const cutToUtf16 = (text: string, max: number): string => {
  if (text.length <= max) return text;
  let cut = '';
  for (const { segment } of segmenter.segment(text)) {
    if (cut.length + segment.length > max) break;
    cut += segment;
  }
  return cut;
};
