import { z } from 'zod';
import { readJson } from '../../infrastructure/json-body.js';

/** A 64-bit id: a string already when it does not fit a double. */
const bigId = z.union([z.string(), z.number()]).transform(String);

export const envelope = z.object({
  error: z.object({ code: z.string(), message: z.string().optional(), log_id: z.string().optional() }),
});

export const creatorInfo = z.object({
  data: z.object({
    creator_username: z.string().optional(),
    privacy_level_options: z.array(z.string()).min(1),
    comment_disabled: z.boolean().optional(),
    duet_disabled: z.boolean().optional(),
    stitch_disabled: z.boolean().optional(),
    max_video_post_duration_sec: z.number().optional(),
  }),
});
export type CreatorInfo = z.infer<typeof creatorInfo>['data'];

export const init = z.object({ data: z.object({ publish_id: z.string().min(1), upload_url: z.url() }) });
/** A pull has nowhere to upload to. */
export const pullInit = z.object({ data: z.object({ publish_id: z.string().min(1) }) });

export const status = z.object({
  data: z.object({
    status: z.string(),
    fail_reason: z.string().optional(),
    // The misspelling is TikTok's. A bare value was seen where an array is documented.
    publicaly_available_post_id: z
      .union([z.array(bigId), bigId.transform((id) => [id])])
      .nullish()
      .transform((ids) => ids ?? []),
    uploaded_bytes: z.number().optional(),
  }),
});
export type PublishStatus = z.infer<typeof status>['data'];

const video = z.object({
  id: bigId,
  create_time: z.number().optional(),
  title: z.string().optional(),
  video_description: z.string().optional(),
  duration: z.number().optional(),
  share_url: z.string().optional(),
  view_count: z.number().optional(),
  like_count: z.number().optional(),
  comment_count: z.number().optional(),
  share_count: z.number().optional(),
});
export const videos = z.object({
  data: z.object({ videos: z.array(video).nullish(), cursor: z.number().optional(), has_more: z.boolean().optional() }),
});
export type ListedVideo = z.infer<typeof video>;

export const user = z.object({
  data: z.object({ user: z.object({ open_id: z.string().min(1), display_name: z.string().optional() }) }),
});

export const token = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  open_id: z.string().optional(),
  scope: z.string().optional(),
  /** Seconds; taken from each answer, since they changed in November 2026 (`platforms.md` 1.1). */
  expires_in: z.number(),
  refresh_expires_in: z.number().optional(),
});
export type FreshToken = z.infer<typeof token>;

export const oauthError = z.object({
  error: z.string(),
  error_description: z.string().optional(),
  log_id: z.string().optional(),
});

/** The token pair, or `undefined` when the answer holds none, whatever its HTTP status. */
export const readToken = (text: string): FreshToken | undefined => readJson(text, token);
