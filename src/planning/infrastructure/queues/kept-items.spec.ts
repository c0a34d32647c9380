import { describe, expect, it } from '@jest/globals';
import { anItem } from '../../../../test/mothers/queue.mother.js';
import { type KeptLibrary, KeptItems } from './kept-items.js';

const libraryOf = (count: number): KeptLibrary => ({
  items: Array.from({ length: count }, (_, n) => ({ ...anItem(`post-${n}`), runs: [], variationNumbers: [0] })),
  asOf: { snapshot: '1:1:', server: 'now', looker: null },
  hasViews: false,
});

describe('kept libraries', () => {
  it('give way to newer ones, those used longest ago first, when they are too many', () => {
    const kept = new KeptItems(100);
    kept.keep('one', libraryOf(20));
    kept.keep('two', libraryOf(20));
    kept.keep('one', libraryOf(20));
    kept.keep('three', libraryOf(20));
    expect(['one', 'two', 'three'].map((id) => kept.find(id)?.items.length)).toEqual([20, undefined, 20]);
  });

  it('are never larger than all together may be', () => {
    const kept = new KeptItems(100);
    kept.keep('small', libraryOf(10));
    kept.keep('large', libraryOf(101));
    expect(kept.find('large')).toBeUndefined();
    expect(kept.find('small')).toBeDefined();
  });

  it('are forgotten when nobody used them for ten minutes', () => {
    let now = 0;
    const kept = new KeptItems(100, () => now);
    kept.keep('idle', libraryOf(1));
    now = 600_000;
    expect(kept.find('idle')).toBeDefined();
    now += 1;
    expect(kept.find('idle')).toBeUndefined();
  });
});
