import { describe, expect, it } from '@jest/globals';
import { encodeCursor, type Keyset, type PagePlace, PageQuery, readPage } from './page.js';

const IDS = [1, 2, 3, 4, 5].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
const ROWS: readonly Keyset[] = IDS.map((id, n) => ({ id, at: `2026-12-0${n + 1} 10:00:00.000001+00` }));
const query = (limit: number, cursor?: string): PageQuery => Object.assign(new PageQuery(), { limit, cursor });
const idOf = ({ id }: Keyset): string => id.slice(-1);

/** A list that keeps where it was asked to begin. */
const list = () => {
  const places: PagePlace[] = [];
  const read = (place: PagePlace) => {
    places.push(place);
    const after = ROWS.findIndex(({ id }) => id === place.after?.id);
    return Promise.resolve(ROWS.slice(after + 1, after + 1 + place.limit));
  };
  return { places, read };
};

describe('a page of a list', () => {
  it('follows the page before it to the last, which names no next', async () => {
    const { read } = list();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await readPage(query(2, cursor), read, idOf);
      seen.push(page.items.join(''));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['12', '34', '5']);
  });

  it('asks for one row more than it shows, and ends where there is none', async () => {
    const { read, places } = list();
    const { items, nextCursor } = await readPage(query(5), read, idOf);
    expect([items.length, nextCursor, places]).toEqual([5, undefined, [{ limit: 6 }]]);
  });

  it('takes the place of a row from where the row has it', async () => {
    const rows = ROWS.map(({ id, at }) => ({ targetId: id, sortKey: at }));
    const read = () => Promise.resolve(rows);
    const keyOf = ({ targetId, sortKey }: (typeof rows)[number]) => ({ at: sortKey, id: targetId });
    const { nextCursor } = await readPage(query(3), read, ({ targetId }) => targetId, keyOf);
    expect(nextCursor).toBe(encodeCursor(ROWS[2] as Keyset));
  });

  it('refuses a cursor that no list made, before anything is read', async () => {
    const { read, places } = list();
    for (const cursor of [
      'x',
      Buffer.from('2026|no-uuid').toString('base64url'),
      encodeCursor({ at: '1', id: IDS[0] ?? '' }),
    ])
      await expect(readPage(query(2, cursor), read, idOf)).rejects.toMatchObject({ code: 'request.bad_cursor' });
    expect(places).toEqual([]);
  });
});
