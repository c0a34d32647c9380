import { describe, expect, it } from '@jest/globals';
import { ItemShapes } from './item-shapes.js';

const shapes = new ItemShapes(
  new Map([
    ['tips', { gap: 2, gapFreq: 'week' as const, priority: 3 }],
    ['ads', { expireCount: 4 }],
  ]),
);

describe('shapes of posts', () => {
  it('lay a post’s own rules over those of its categories, and count its wordings', () => {
    expect(shapes.of({ tags: '["tips","ads"]', numbers: '[2,5]', recycling: '{"priority":1}' })).toEqual({
      categories: ['tips', 'ads'],
      priority: 1,
      weight: 1,
      recycling: { gap: { count: 2, unit: 'week' }, cooldownDays: {}, expireCount: 4, variations: 3 },
      seasons: [],
      variationNumbers: [0, 2, 5],
    });
  });

  it('are made once for the same tags, rules and wordings', () => {
    const source = { tags: '["tips"]', numbers: null, recycling: null };
    expect(shapes.of(source)).toBe(shapes.of({ ...source }));
    expect(shapes.of(source)).not.toBe(shapes.of({ ...source, recycling: '{"weight":2}' }));
  });
});
