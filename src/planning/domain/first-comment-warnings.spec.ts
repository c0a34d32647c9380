import { describe, expect, it } from '@jest/globals';
import type { ContentSource } from '../../publishing/domain/targets/frozen-content.js';
import { firstCommentWarnings } from './first-comment-warnings.js';

const source = (options: object, variants: object = {}): ContentSource =>
  ({ base: { caption: 'Hi', options }, tags: [], media: {}, variants }) as unknown as ContentSource;
const fieldsOf = (from: ContentSource, own: object = {}) =>
  firstCommentWarnings(
    [
      { platform: 'skylight', own },
      { platform: 'tiktok', own },
      { platform: undefined, own },
    ],
    from,
    (platform) => platform === 'skylight',
  ).map(({ field }) => field);

describe('a first comment', () => {
  it('that a platform does not take is told at its target, wherever it was said', () => {
    const place = ['targets.1.options.firstComment'];
    expect(fieldsOf(source({ firstComment: 'x' }))).toEqual(place);
    expect(fieldsOf(source({}, { tiktok: { options: { firstComment: 'x' } } }))).toEqual(place);
    expect(fieldsOf(source({}), { options: { firstComment: 'x' } })).toEqual(place);
  });

  it('that nobody asked for, or for another platform alone, is no matter', () => {
    expect(fieldsOf(source({}))).toEqual([]);
    expect(fieldsOf(source({}, { skylight: { options: { firstComment: 'x' } } }))).toEqual([]);
  });
});
