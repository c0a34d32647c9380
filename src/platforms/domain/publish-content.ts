import type { Readable } from 'node:stream';

/** A stored video as an adapter needs it: facts from the probe and a way to read its bytes. */
export interface PublishMedia {
  readonly sha256: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** For example `video/mp4`. */
  readonly mimeType: string;
  readonly durationMs: number;
  /** Display size in pixels, rotation applied. */
  readonly width: number;
  readonly height: number;
  /** Frames per second; 0 when unknown. */
  readonly fps: number;
  /** Codec as the probe names it (`avc`, `hevc`, `vp9`); `unknown` for one it does not know, absent when not probed. */
  readonly videoCodec?: string;
  /** Absent when the video is silent or was not probed. */
  readonly audioCodec?: string;
  readonly audioChannels?: number;
  /** Hz. */
  readonly audioSampleRate?: number;
  /** Opens bytes `start` to `end` (both inclusive); everything when left out. Each call is a fresh stream. */
  open(start?: number, end?: number): Readable;
  /** A signed public URL that serves the file until `until`; absent when this installation is not reachable from outside. */
  hostedUrl?(until: Date): string;
}

/** One video with its words, frozen at scheduling for one account. */
export interface PublishContent {
  readonly caption: string;
  /** Used where the platform has titles (Shorts); the caption's first line when absent. */
  readonly title?: string;
  readonly tags: readonly string[];
  readonly media: PublishMedia;
  /** Stable for one attempt; adapters hide it where nobody sees it (a YouTube tag, an AT Protocol rkey). */
  readonly marker: string;
  readonly scheduledAt: Date;
  /** After this instant nobody wants it any more; hosted files outlive it. */
  readonly staleAt: Date;
  /** Platform options as the user gave them, for example `{ privacyLevel: 'PUBLIC_TO_EVERYONE' }`. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The part of the content that can be judged before anything is uploaded. */
export type ContentDraft = Omit<PublishContent, 'media' | 'marker' | 'scheduledAt' | 'staleAt'> & {
  readonly media: Omit<PublishMedia, 'open' | 'hostedUrl'>;
};
