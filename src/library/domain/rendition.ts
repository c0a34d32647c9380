import type { MediaId, WorkspaceId } from '../../kernel/ids.js';

export const RENDITION_STATES = ['queued', 'running', 'done', 'failed'] as const;
export type RenditionState = (typeof RENDITION_STATES)[number];

/** One order to make the common render of a video. */
export interface Rendition {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  /** The video it is made of, which stays as it is. */
  readonly mediaId: MediaId;
  readonly state: RenditionState;
  /** Share that is done, 0 to 1. */
  readonly progress: number;
  /** The video that came out; only when `done`. */
  readonly resultId?: MediaId;
  /** Why it came to nothing; only when `failed`. */
  readonly problem?: RenditionProblem;
  readonly createdAt: Date;
  /** Last word of whoever works on it. */
  readonly updatedAt: Date;
}

export interface RenditionProblem {
  /** Stable, for programs, for example `rendition.unreadable`. */
  readonly code: string;
  /** A sentence that says what to do. */
  readonly detail: string;
}

/** Frame of the common render, pixels (`platforms.md` section 8). */
export const RENDER_FRAME = { width: 1_080, height: 1_920 } as const;
/** Frames per second, constant. */
export const RENDER_FPS = 30;
/** Bits per second of the sound: AAC-LC, 48 kHz, stereo. */
export const RENDER_SOUND_BPS = 128_000;
/** Size that fits every platform's upload but those of chat services; a PDS refuses above 100 MB. */
export const RENDER_MAX_BYTES = 95_000_000;
/** Size that also fits a Telegram upload and a self-hosted PDS. */
const SMALL_BYTES = 48_000_000;
/** Longest video that is rendered: what the most patient platform takes (Reels, 15 min). */
export const RENDER_MAX_MS = 900_000;

/** More is wasted at this frame. */
const MAX_BPS = 8_000_000;
/** Below this a vertical HD picture falls apart; then size gives way. */
const GOOD_BPS = 3_000_000;
/** Share of a file that is pictures and sound; the rest is the container and the coder's overshoot. */
const PAYLOAD_SHARE = 0.96;

/**
 * Bits per second the pictures may take so that the file keeps its size: small where the picture stays good, else 95 MB.
 * @param durationMs 1 to RENDER_MAX_MS
 */
export const pictureBitsPerSecond = (durationMs: number): number => {
  const within = (bytes: number) => Math.floor((bytes * 8 * PAYLOAD_SHARE * 1_000) / durationMs - RENDER_SOUND_BPS);
  const small = within(SMALL_BYTES);
  return Math.min(MAX_BPS, small >= GOOD_BPS ? small : within(RENDER_MAX_BYTES));
};

/** The recipe in words, for those who must follow it by hand. */
export const RECIPE =
  'MP4 with the index in front, H.264 High, yuv420p, 1080x1920 with bars where needed, 30 frames per second, ' +
  'AAC 48 kHz stereo at 128 kbit/s, 3 to 180 seconds, at most 95 MB';

/** The name of what is made of a file. */
export const renditionName = (fileName: string): string =>
  `${fileName.replace(/\.\w{1,5}$/, '').slice(0, 180)}-1080x1920.mp4`;
