interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string | undefined;
}

/**
 * All items of a list, page after page, as they are wanted:
 * `for await (const post of everyItem((cursor) => postsList({ client, query: { cursor } })))`.
 */
export async function* everyItem<Item>(
  page: (cursor: string | undefined) => Promise<{ readonly data?: Page<Item> | undefined }>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const { data } = await page(cursor);
    yield* data?.items ?? [];
    cursor = data?.nextCursor;
  } while (cursor !== undefined);
}
