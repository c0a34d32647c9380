import { describe, expect, it } from '@jest/globals';
import { everyItem } from './every-item.ts';

const pages = new Map<string | undefined, { items: number[]; nextCursor?: string }>([
  [undefined, { items: [1, 2], nextCursor: 'b' }],
  ['b', { items: [], nextCursor: 'c' }],
  ['c', { items: [3] }],
]);

describe('everyItem', () => {
  it('follows the cursors to the last page, over one that is empty', async () => {
    const found: number[] = [];
    for await (const item of everyItem((cursor) => Promise.resolve({ data: pages.get(cursor) }))) found.push(item);
    expect(found).toEqual([1, 2, 3]);
  });

  it('asks for no page that nobody wants', async () => {
    const asked: (string | undefined)[] = [];
    const items = everyItem((cursor) => {
      asked.push(cursor);
      return Promise.resolve({ data: pages.get(cursor) });
    });
    await items.next();
    expect(asked).toEqual([undefined]);
  });
});
