import type { MediaRefusal } from './file-signs.js';
import type { StagedFile } from './media-storage.port.js';
import type { VideoFacts } from './media.js';

/** What the bytes turned out to be. */
export type ProbeVerdict =
  | { readonly kind: 'video'; readonly facts: VideoFacts }
  /** Another kind of file, or one without a picture. */
  | { readonly kind: 'not_a_video' }
  /** Something that must not be kept, whether or not it is a video. */
  | { readonly kind: 'refused'; readonly refusal: MediaRefusal }
  /** A video whose end is missing. */
  | { readonly kind: 'truncated' };

/** Reads the facts of a video from its headers and its last packets; never decodes, never follows a link in the file. */
export abstract class MediaProber {
  abstract probe(file: Pick<StagedFile, 'storageKey' | 'bytes'>): Promise<ProbeVerdict>;
}
