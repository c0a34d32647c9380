import { describe, expect, it } from '@jest/globals';
import { NEW_DRAFT, toCreate, toUpdate } from './broadcast-draft.ts';

describe('toCreate', () => {
  it('sends the body of the chosen format only', () => {
    const draft = { ...NEW_DRAFT, bodyHtml: '<p>x</p>', format: 'html' as const };
    expect(toCreate(draft)).toMatchObject({ bodyHtml: '<p>x</p>' });
    expect(toCreate(draft)).not.toHaveProperty('bodyMjml');
    expect(toCreate({ ...draft, format: 'text' })).not.toHaveProperty('bodyHtml');
  });

  it('names no segment for everyone', () => {
    expect(toCreate(NEW_DRAFT)).not.toHaveProperty('segmentId');
  });
});

describe('toUpdate', () => {
  it('takes away what was taken away', () => {
    expect(toUpdate(NEW_DRAFT)).toMatchObject({ bodyHtml: null, segmentId: null, tags: [] });
  });
});
