import { describe, expect, it } from '@jest/globals';
import { PageShelf } from './page-shelf.js';

describe('PageShelf', () => {
  const shelfAt = () => {
    const clock = { ms: 0 };
    const shelf = new PageShelf();
    shelf.nowMs = () => clock.ms;
    let made = 0;
    const make = () => Promise.resolve(`page ${(made += 1)}`);
    return { shelf, clock, make, made: () => made };
  };
  const away = () => Promise.reject(new Error('the database is away'));

  it('makes a page once for all who ask at once, and again after ten seconds', async () => {
    const { shelf, clock, make, made } = shelfAt();
    const pages = await Promise.all([shelf.take('a', make), shelf.take('a', make), shelf.take('a', make)]);
    expect(new Set(pages.map((page) => page?.html))).toEqual(new Set(['page 1']));
    clock.ms = 9_999;
    expect((await shelf.take('a', make))?.html).toBe('page 1');
    clock.ms = 10_000;
    expect((await shelf.take('a', make))?.html).toBe('page 2');
    expect(made()).toBe(2);
  });

  it('shows the last page of an hour while a new one cannot be made', async () => {
    const { shelf, clock, make } = shelfAt();
    await shelf.take('a', make);
    clock.ms = 3_599_000;
    expect((await shelf.take('a', away))?.html).toBe('page 1');
    clock.ms = 3_600_000;
    await expect(shelf.take('a', away)).rejects.toThrow('away');
  });

  it('keeps no page that does not exist', async () => {
    const { shelf, make } = shelfAt();
    expect(await shelf.take('a', () => Promise.resolve(undefined))).toBeUndefined();
    expect((await shelf.take('a', make))?.html).toBe('page 1');
  });

  it('tags the same bytes the same', async () => {
    const { shelf } = shelfAt();
    const [one, same, other] = [
      await shelf.take('a', () => Promise.resolve('x')),
      await shelf.take('b', () => Promise.resolve('x')),
      await shelf.take('c', () => Promise.resolve('y')),
    ];
    expect(one?.etag).toBe(same?.etag);
    expect(other?.etag).not.toBe(one?.etag);
  });
});
