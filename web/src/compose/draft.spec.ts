import { describe, expect, it } from '@jest/globals';
import type { PostDto } from '../api/generated/types.gen.ts';
import { type Draft, draftOf, emptyDraft, isWorthKeeping, reduceDraft, wordsFor } from './draft.ts';
import { changeBody, checkBody, createBody, recurrenceBody, runOf } from './draft-bodies.ts';

const ZONE = 'Europe/Paris';
const draft = (change: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  mediaId: 'media-1',
  caption: 'Bread',
  accountIds: ['tt', 'sky'],
  at: '2026-12-01T18:30',
  ...change,
});
const post = (rest: Partial<PostDto> = {}): PostDto =>
  ({
    id: 'p',
    kind: 'one_shot',
    caption: 'Bread',
    tags: ['food'],
    mediaIds: ['media-1'],
    options: {},
    variants: { skylight: { caption: 'Short' }, reels: { title: 'R' } },
    targets: [],
    ...rest,
  }) as unknown as PostDto;

describe('reduceDraft', () => {
  it('keeps one key until the draft is replaced, so that a second press is the same call', () => {
    const before = draft();
    const after = reduceDraft(before, { type: 'word', name: 'caption', value: 'Other' });
    expect(after.key).toBe(before.key);
    expect(after.caption).toBe('Other');
  });

  it('gives a platform words of its own, and takes the variant away with its last word', () => {
    const own = reduceDraft(draft(), { type: 'word', platform: 'skylight', name: 'caption', value: 'Short' });
    expect(own.variants).toEqual({ skylight: { caption: 'Short' } });
    expect(reduceDraft(own, { type: 'word', platform: 'skylight', name: 'caption' }).variants).toEqual({});
  });

  it('takes an option back when it is emptied, and leaves false as a choice', () => {
    const on = reduceDraft(draft(), { type: 'option', platform: 'tiktok', name: 'privacyLevel', value: 'SELF_ONLY' });
    const both = reduceDraft(on, { type: 'option', platform: 'tiktok', name: 'isAiGenerated', value: false });
    expect(both.variants.tiktok).toEqual({ options: { privacyLevel: 'SELF_ONLY', isAiGenerated: false } });
    const one = reduceDraft(both, { type: 'option', platform: 'tiktok', name: 'privacyLevel', value: '' });
    expect(one.variants.tiktok).toEqual({ options: { isAiGenerated: false } });
    const none = reduceDraft(one, { type: 'option', platform: 'tiktok', name: 'isAiGenerated', value: undefined });
    expect(none.variants).toEqual({});
  });

  it('chooses an account and lets it go', () => {
    const without = reduceDraft(draft(), { type: 'toggleAccount', accountId: 'tt' });
    expect(without.accountIds).toEqual(['sky']);
    expect(reduceDraft(without, { type: 'toggleAccount', accountId: 'tt' }).accountIds).toEqual(['sky', 'tt']);
  });
});

describe('wordsFor', () => {
  it('is the platform’s own word where there is one, and merges options', () => {
    const mixed = draft({
      options: { isAiGenerated: true },
      variants: { shorts: { title: 'T', options: { madeForKids: false } } },
    });
    expect(wordsFor(mixed, 'shorts')).toEqual({
      caption: 'Bread',
      title: 'T',
      options: { isAiGenerated: true, madeForKids: false },
    });
    expect(wordsFor(mixed).title).toBe('');
  });
});

describe('what is sent', () => {
  it('is nothing while there is no video', () => {
    expect(createBody(draft({ mediaId: undefined }), ZONE)).toBeUndefined();
    expect(checkBody(draft({ mediaId: undefined }), ZONE)).toBeUndefined();
  });

  it('schedules on the clocks of the zone, at once, or not at all', () => {
    expect(createBody(draft(), ZONE)).toMatchObject({
      scheduledAt: '2026-12-01T18:30',
      timezone: ZONE,
      targets: [{ accountId: 'tt' }, { accountId: 'sky' }],
    });
    expect(runOf(draft({ mode: 'now' }), ZONE)).toMatchObject({ publishNow: true });
    expect(createBody(draft({ mode: 'draft' }), ZONE)).not.toHaveProperty('targets');
    expect(createBody(draft({ mode: 'evergreen' }), ZONE)).toMatchObject({ kind: 'evergreen' });
    // Only what may run again can recur.
    expect(createBody(draft({ mode: 'recurring' }), ZONE)).toMatchObject({ kind: 'evergreen' });
  });

  it('shows a post without a time to its accounts all the same', () => {
    expect(checkBody(draft({ mode: 'draft' }), ZONE)).toMatchObject({ publishNow: true, targets: [{}, {}] });
    expect(checkBody(draft({ mode: 'recurring' }), ZONE)).toMatchObject({ publishNow: true });
    expect(checkBody(draft({ accountIds: [] }), ZONE)?.targets).toBeUndefined();
  });

  it('names every run of a rule by its start', () => {
    const rule = { freq: 'WEEKLY', interval: 2, days: ['FR', 'MO'] } as const;
    expect(recurrenceBody(draft({ mode: 'recurring', rule }), ZONE)).toMatchObject({
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR',
      start: '2026-12-01T18:30',
    });
  });

  it('clears what was taken out of a stored post', () => {
    const stored = post({ title: 'Old' });
    const changed = { ...draftOf(stored), title: ' ', variants: { skylight: { caption: 'Short' } } };
    expect(changeBody(changed, stored)).toMatchObject({
      title: null,
      variants: { skylight: { caption: 'Short' }, reels: null },
    });
  });
});

describe('draftOf', () => {
  it('takes the accounts of origins, each once', () => {
    const target = (accountId: string, role: string) => ({ accountId, role });
    const targets = [target('tt', 'origin'), target('ig', 'reroute'), target('tt', 'origin')];
    expect(draftOf(post({ targets: targets as unknown as PostDto['targets'] })).accountIds).toEqual(['tt']);
  });
});

describe('isWorthKeeping', () => {
  it('does not keep what nobody touched', () => {
    expect(isWorthKeeping(emptyDraft())).toBe(false);
    expect(isWorthKeeping({ ...emptyDraft(), caption: 'x' })).toBe(true);
  });
});
