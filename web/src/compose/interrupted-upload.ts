/** A file that did not arrive whole; tus-js-client keeps it in `localStorage` under this prefix until it has. */
const PREFIX = 'tus::';

export interface InterruptedUpload {
  readonly fileName: string;
  readonly uploadUrl: string;
  readonly startedAt: string;
}

type Shelf = Pick<Storage, 'length' | 'key' | 'getItem'>;

const entryOf = (text: string | null): InterruptedUpload | undefined => {
  try {
    const entry = JSON.parse(text ?? 'null') as Record<string, unknown> | null;
    const metadata = entry?.metadata as Record<string, unknown> | undefined;
    const { uploadUrl, creationTime } = entry ?? {};
    if (typeof metadata?.filename !== 'string' || typeof uploadUrl !== 'string') return undefined;
    const startedAt = new Date(String(creationTime)).getTime();
    return {
      fileName: metadata.filename,
      uploadUrl,
      startedAt: new Date(Number.isNaN(startedAt) ? 0 : startedAt).toISOString(),
    };
  } catch {
    return undefined;
  }
};

/** The one that was begun last, as the browser remembers it; whether the server still has it is asked there. */
export const lastInterrupted = (shelf: Shelf): InterruptedUpload | undefined => {
  const keys = Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? '');
  const found = keys.filter((key) => key.startsWith(PREFIX)).flatMap((key) => entryOf(shelf.getItem(key)) ?? []);
  return found.sort((one, other) => other.startedAt.localeCompare(one.startedAt))[0];
};

/** The id that the server gave it. */
export const uploadIdOf = (url: string): string => url.split('/').at(-1) ?? '';
