/** A new post as the Jetstream tells it. */
export interface FirehosePost {
  /** Microseconds since the epoch, the stream's own order and cursor. */
  readonly timeUs: number;
  /** Who wrote it. Used to count each person once an hour; never stored. */
  readonly author: string;
  readonly text: string;
}

/** Where a message stands in the stream, without reading it; undefined when it does not say. */
export const timeUsOf = (raw: string): number | undefined => {
  const found = /"time_us":(\d{13,17})\b/.exec(raw)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** A created post; undefined for anything else. Shape: Jetstream's README, `commit` events of `app.bsky.feed.post`. */
export const firehosePost = (raw: string): FirehosePost | undefined => {
  const { did, time_us: timeUs, commit } = parse(raw);
  const { operation, collection, record } = objectOf(commit);
  const { text } = objectOf(record);
  if (operation !== 'create' || collection !== 'app.bsky.feed.post') return undefined;
  if (typeof did !== 'string' || typeof timeUs !== 'number' || typeof text !== 'string') return undefined;
  return { timeUs, author: did, text };
};

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const parse = (raw: string): Readonly<Record<string, unknown>> => {
  try {
    return objectOf(JSON.parse(raw));
  } catch {
    return {};
  }
};
