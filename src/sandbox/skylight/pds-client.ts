/** A record as the PDS lists it. */
export interface PdsRecord {
  readonly uri: string;
  readonly cid: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export const POST_COLLECTION = 'app.bsky.feed.post';
const PAGE = 100;

/** Talks to the PDS itself, past the fault proxy: for accounts and for the truth. */
export class PdsClient {
  constructor(private readonly url: string) {}

  /** @throws Error with the PDS's own words */
  async call<T>(method: string, body: unknown, token?: string): Promise<T> {
    const response = await fetch(`${this.url}/xrpc/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** All posts in an account's repository, newest first. */
  async posts(did: string): Promise<readonly PdsRecord[]> {
    const found: PdsRecord[] = [];
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ repo: did, collection: POST_COLLECTION, limit: String(PAGE) });
      if (cursor !== undefined) query.set('cursor', cursor);
      const response = await fetch(`${this.url}/xrpc/com.atproto.repo.listRecords?${query.toString()}`);
      if (!response.ok) throw new Error(`listRecords: ${response.status} ${await response.text()}`);
      const page = (await response.json()) as { records: PdsRecord[]; cursor?: string };
      found.push(...page.records);
      cursor = page.records.length === PAGE ? page.cursor : undefined;
    } while (cursor !== undefined);
    return found;
  }
}
