import type { ByteTally } from '../http/byte-tally.js';

/** How long Instagram waits for the first byte of a `video_url`, ms. */
const FETCH_TIMEOUT_MS = 10_000;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** A `video_url` that answers; `take` reads its bytes to the end. */
export interface Fetched {
  take(tally: ByteTally): Promise<void>;
}

/**
 * Really opens the address, as Meta's servers do, but on this machine only: plain ASCII, no redirect, a video type.
 * @throws Error when it cannot be fetched
 */
export const openVideo = async (videoUrl: string): Promise<Fetched> => {
  if (!/^[\x00-\x7f]+$/.test(videoUrl)) throw new Error('not ASCII');
  if (!LOOPBACK.includes(new URL(videoUrl).hostname)) throw new Error('the sandbox reaches loopback only');
  const response = await fetch(videoUrl, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  const { body } = response;
  if (!response.ok || !body) throw new Error(`HTTP ${response.status}`);
  if (!/^video\//.test(response.headers.get('content-type') ?? '')) {
    await body.cancel();
    throw new Error('not a video');
  }
  return {
    take: async (tally) => {
      for await (const part of body as AsyncIterable<Uint8Array>) tally.add(Buffer.from(part));
    },
  };
};
