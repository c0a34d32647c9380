import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import { DAY_MS } from '../../kernel/durations.js';

/** What the probe read from a video's bytes. */
export interface VideoFacts {
  /** Bare type without codecs, for example `video/mp4`. */
  readonly mimeType: string;
  /** The container's name, for example `MP4`. */
  readonly container: string;
  /** Short name, for example `avc`, `hevc`, `vp9`; `unknown` when the container names one we do not know. */
  readonly videoCodec: string;
  /** Absent when the video is silent. */
  readonly audioCodec?: string;
  readonly audioChannels?: number;
  /** Hz. */
  readonly audioSampleRate?: number;
  /** Display size in pixels: rotation and pixel shape applied. */
  readonly width: number;
  readonly height: number;
  /** When the last frame ends, milliseconds. */
  readonly durationMs: number;
  /** Frames per second on average; 0 when unknown. */
  readonly fps: number;
}

/** A stored video as far as platforms judge it. */
export interface MediaFile extends VideoFacts {
  readonly id: MediaId;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string;
  /** Size in bytes. */
  readonly bytes: number;
}

/** A video with the rendition that stands in where a platform does not take it. */
export interface RenderedFile extends MediaFile {
  /** Absent until one is made, and when it was deleted. */
  readonly rendition?: MediaFile;
}

/** A stored video. Its bytes never change. */
export interface Media extends RenderedFile {
  readonly workspaceId: WorkspaceId;
  readonly fileName: string;
  /** Where the bytes are, for `MediaStorage`. */
  readonly storageKey: string;
  /** The video that this one is a rendition of. */
  readonly renderedFrom?: MediaId;
  readonly createdAt: Date;
}

/** What platforms judge and adapters send of a video, and nothing else. */
export const videoFactsOf = ({ sha256, bytes, mimeType, durationMs, width, height, fps, ...rest }: MediaFile) => ({
  ...{ sha256, bytes, mimeType, durationMs, width, height, fps, videoCodec: rest.videoCodec },
  ...(rest.audioCodec === undefined ? {} : { audioCodec: rest.audioCodec }),
  ...(rest.audioChannels === undefined ? {} : { audioChannels: rest.audioChannels }),
  ...(rest.audioSampleRate === undefined ? {} : { audioSampleRate: rest.audioSampleRate }),
});

/** No platform takes a longer video or a larger frame (source: platforms.md sections 1-4); a header that says so lies. */
const MAX_DURATION_MS = DAY_MS;
const MAX_SIDE_PIXELS = 16_384;

/** True when the facts can be those of a real short video: 1 ms to 24 h, sides of 1 to 16,384 pixels. */
export const arePlausible = ({ durationMs, width, height }: VideoFacts): boolean =>
  durationMs >= 1 &&
  durationMs <= MAX_DURATION_MS &&
  [width, height].every((side) => side >= 1 && side <= MAX_SIDE_PIXELS);

const MAX_FILE_NAME = 200;

/** The name a person gave the file, without folders and control characters, at most 200 UTF-16 units. */
export const cleanFileName = (given: string | undefined): string => {
  const bare = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const name = bare
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .trim();
  return name.slice(0, MAX_FILE_NAME).toWellFormed() || 'video';
};
