import type { Readable } from 'node:stream';
import type { Media } from './media.js';

/** A stored video as the tool needs it. */
export interface ToolInput {
  readonly media: Pick<Media, 'mimeType' | 'durationMs' | 'bytes'>;
  open(): Readable;
}

/** How a run of the tool ended. */
export type ToolOutcome<T> =
  | { readonly kind: 'made'; readonly value: T }
  /** The video cannot be worked on; the same again would fail again. `detail` is the tool's own word, for the log. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** Stopped at a limit of time, memory or size. */
  | { readonly kind: 'over_limit'; readonly detail: string }
  /** Not installed here. */
  | { readonly kind: 'no_tool' };

/** The program that makes videos of videos, in a child process that can do little harm. */
export abstract class VideoTool {
  /** False when this process has no such program. */
  abstract isInstalled(): Promise<boolean>;

  /**
   * Makes the common render (`platforms.md` section 8) and hands its bytes to `take`.
   * @param watch told the share done, 0 to 1, now and then; its signal stops the work
   * @throws when the signal stops it, or what `take` and `input.open` throw
   */
  abstract render<T>(
    input: ToolInput,
    watch: { readonly signal: AbortSignal; readonly onProgress: (share: number) => void },
    take: (made: Readable) => Promise<T>,
  ): Promise<ToolOutcome<T>>;

  /** One JPEG of the picture at 1 s (the first one of a shorter video), 540 pixels wide. */
  abstract thumbnail(input: ToolInput): Promise<ToolOutcome<Buffer>>;
}
