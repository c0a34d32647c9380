import { describe, expect, it } from '@jest/globals';
import type { PostDto } from '../api/generated/types.gen.ts';
import { lostTargets, retagged, toggledIn, waitingTargets } from './bulk.ts';
import { firstShown, standOf } from './import-state.ts';
import { exportPath, readFilters, writeFilters } from './post-filters.ts';
import { lastUse, nextUse, restsOf } from './post-uses.ts';
import { blankVariation, requestOf, typedOf } from './variation-list.ts';

const target = (id: string, status: string, rest: object = {}) =>
  ({ id, status, accountId: 'tt', platform: 'tiktok', scheduledAt: '2026-12-01T10:00:00Z', ...rest }) as never;

describe('filters of the list', () => {
  it('stand in the address and come back; what it does not know is left out', () => {
    const filters = { q: 'bread', kind: 'evergreen', status: 'draft' } as const;
    expect(readFilters(writeFilters(filters))).toEqual(filters);
    expect(readFilters(new URLSearchParams('kind=odd&q=&status=gone'))).toEqual({});
  });

  it('name the same posts for the export, which knows no states', () => {
    expect(exportPath({})).toBe('/v1/posts.csv');
    expect(exportPath({ tag: 'food & co', status: 'draft' })).toBe('/v1/posts.csv?tag=food+%26+co');
  });
});

describe('uses of a post', () => {
  const targets = [
    target('a', 'published', { publishedAt: '2026-11-01T10:00:00Z' }),
    target('b', 'published', { publishedAt: '2026-11-10T10:00:00Z' }),
    target('c', 'scheduled', { scheduledAt: '2026-12-05T10:00:00Z' }),
    target('d', 'held', { scheduledAt: '2026-12-03T10:00:00Z' }),
    target('e', 'cancelled', { scheduledAt: '2026-11-30T10:00:00Z' }),
  ];

  it('are the latest that was live and the soonest that waits', () => {
    expect(lastUse(targets)).toBe('2026-11-10T10:00:00Z');
    expect(nextUse(targets)).toBe('2026-12-03T10:00:00Z');
    expect([lastUse([]), nextUse([])]).toEqual([undefined, undefined]);
  });

  it('are followed by a rest on each account, as long as its platform asks', () => {
    const nowMs = Date.parse('2026-11-20T00:00:00Z');
    expect(restsOf(targets, { tiktok: 30 }, nowMs)).toMatchObject([
      { accountId: 'tt', until: '2026-12-10T10:00:00.000Z', isOver: false },
    ]);
    expect(restsOf(targets, {}, nowMs)).toMatchObject([{ isOver: true }]);
  });
});

describe('many posts at once', () => {
  const post = {
    targets: [target('w', 'scheduled'), target('h', 'held'), target('f', 'failed'), target('m', 'missed')],
  };
  const posts = [post as unknown as PostDto];

  it('shifts what waits and puts in again what was lost', () => {
    expect(waitingTargets(posts)).toEqual(['w', 'h']);
    expect(lostTargets(posts)).toEqual(['f', 'm']);
  });

  it('adds and takes tags, each once', () => {
    expect(retagged(['a', 'b'], ['b', 'c'], ['a'])).toEqual(['b', 'c']);
  });

  it('chooses and lets go', () => {
    expect([...toggledIn(new Set(['a']), 'b')]).toEqual(['a', 'b']);
    expect([...toggledIn(new Set(['a']), 'a')]).toEqual([]);
  });
});

describe('an import', () => {
  const rows = { total: 10, ready: 6, fetching: 1, bad: 2, duplicate: 1, done: 0, failed: 0 };

  it('can be started after it was judged, while something is left to import', () => {
    expect(standOf({ state: 'checked', rows })).toMatchObject({
      mayStart: true,
      mayCancel: false,
      total: 7,
      hasErrors: true,
    });
    expect(standOf({ state: 'checked', rows: { ...rows, ready: 0, fetching: 0 } }).mayStart).toBe(false);
    expect(standOf({ state: 'done', rows }).mayStart).toBe(false);
  });

  it('moves by itself while it is queued or runs, and can be stopped then', () => {
    const running = { state: 'running', rows: { ...rows, ready: 2, done: 4, failed: 1 } } as const;
    expect(standOf(running)).toMatchObject({ isMoving: true, mayCancel: true, done: 5, total: 8 });
    expect(firstShown(running)).toBe('failed');
    expect(firstShown({ rows })).toBe('bad');
    expect(firstShown({ rows: { ...rows, bad: 0 } })).toBeUndefined();
  });
});

describe('a wording', () => {
  it('says only what differs from the post', () => {
    expect(requestOf(blankVariation('k'))).toEqual({});
    const typed = typedOf({ number: 2, caption: 'Again', coverMs: 1_500 });
    expect(typed).toMatchObject({ key: 'stored-2', coverSeconds: 1.5 });
    expect(requestOf({ ...typed, hashtags: ['#bread'] })).toEqual({
      caption: 'Again',
      hashtags: ['bread'],
      coverMs: 1_500,
    });
  });
});
