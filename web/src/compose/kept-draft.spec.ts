import { describe, expect, it } from '@jest/globals';
import { emptyDraft } from './draft.ts';
import { draftPlace, type DraftStore, keepDraft, readDraft } from './kept-draft.ts';

const store = (): DraftStore => {
  const kept = new Map<string, string>();
  return {
    getItem: (place) => kept.get(place) ?? null,
    setItem: (place, text) => void kept.set(place, text),
    removeItem: (place) => void kept.delete(place),
  };
};

describe('kept drafts', () => {
  it('come back as they were, each at its place', () => {
    const shelf = store();
    const draft = { ...emptyDraft(), caption: 'Bread' };
    expect(keepDraft(shelf, draftPlace('w'), { draft, savedAt: '2026-11-22T00:00:00Z' })).toBe(true);
    expect(readDraft(shelf, draftPlace('w'))?.draft).toEqual(draft);
    expect(readDraft(shelf, draftPlace('other'))).toBeUndefined();
    expect(readDraft(shelf, draftPlace('w', 'post-1'))).toBeUndefined();
  });

  it('gives fields their beginning that an older version did not know', () => {
    const shelf = store();
    shelf.setItem('p', JSON.stringify({ savedAt: 'x', draft: { caption: 'Old' } }));
    expect(readDraft(shelf, 'p')?.draft).toMatchObject({ caption: 'Old', tags: [], mode: 'at' });
  });

  it('is nothing where it cannot be read, and does no harm where it cannot be written', () => {
    const shelf = store();
    shelf.setItem('p', '{not json');
    expect(readDraft(shelf, 'p')).toBeUndefined();
    const full = {
      ...shelf,
      setItem: () => {
        throw new Error('QuotaExceeded');
      },
    };
    expect(keepDraft(full, 'p', { draft: emptyDraft(), savedAt: 'x' })).toBe(false);
  });
});
