import { z } from 'zod';
import type { ResumeToken } from '../../domain/publish-outcome.js';

/** What has to be known to go on with a publish after a crash. */
const shape = z.object({
  /** `publish_id`. */
  handle: z.string(),
  secretUploadUrl: z.string(),
  size: z.number(),
  /** First byte not yet sent. */
  nextOffset: z.number(),
  urlExpiresAt: z.string(),
  username: z.string().optional(),
  /** New `publish_id`s taken because the one before died before its last chunk. */
  restarts: z.number(),
});
export type TikTokResume = z.infer<typeof shape> & ResumeToken;

/** @throws ZodError when the token is not one of ours (a bug in the caller) */
export const readResume = (resume: ResumeToken): TikTokResume => shape.parse(resume);
