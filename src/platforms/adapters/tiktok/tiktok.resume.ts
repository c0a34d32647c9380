import { z } from 'zod';
import type { ResumeToken } from '../../domain/publish-outcome.js';

/** Bytes go to TikTok: what has to be known to go on with the publish after a crash. */
const fileShape = z.object({
  source: z.literal('file').default('file'),
  /** `publish_id`. */
  handle: z.string(),
  secretUploadUrl: z.string(),
  size: z.number(),
  /** First byte not yet sent. */
  nextOffset: z.number(),
  urlExpiresAt: z.string(),
  username: z.string().optional(),
  /** Asked for everybody to see; else TikTok never names the post (`platforms.md` 1.7). */
  isPublic: z.boolean().optional(),
  /** New `publish_id`s taken because the one before died before its last chunk. */
  restarts: z.number(),
  /** Every byte is there already, against all expectation: nothing is left to send. */
  isWhole: z.boolean().optional(),
});

/** TikTok fetches the file: the init is the irreversible call, and only its answer names the publish. */
const urlShape = z.object({
  source: z.literal('url'),
  /** `publish_id`, or `PULL_PENDING` and the marker as long as the init has not answered. */
  handle: z.string(),
  /** Body of the init; its `video_url` is signed. */
  secretInit: z.record(z.string(), z.unknown()),
  username: z.string().optional(),
  isPublic: z.boolean().optional(),
});

export type FileResume = z.infer<typeof fileShape> & ResumeToken;
export type UrlResume = z.infer<typeof urlShape> & ResumeToken;
export type TikTokResume = FileResume | UrlResume;

/** Begins the handle of a pull whose `publish_id` nobody knows. */
export const PULL_PENDING = 'pull:';

const shape = z.union([urlShape, fileShape]);

/** @throws ZodError when the token is not one of ours (a bug in the caller) */
export const readResume = (resume: ResumeToken): TikTokResume => shape.parse(resume);

/** Whether the platform can be asked by this token's handle. */
export const hasHandle = ({ handle }: TikTokResume): boolean => !handle.startsWith(PULL_PENDING);
