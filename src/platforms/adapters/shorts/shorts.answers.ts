import { z } from 'zod';

export const errorBody = z.object({
  error: z.object({
    code: z.number().optional(),
    message: z.string().optional(),
    errors: z.array(z.object({ reason: z.string().optional() })).optional(),
    status: z.string().optional(),
  }),
});

export const oauthError = z.object({ error: z.string(), error_description: z.string().optional() });

export const token = z.object({
  access_token: z.string().min(1),
  expires_in: z.number(),
  refresh_token: z.string().optional(),
  scope: z.string().optional(),
});

const videoStatus = z.object({
  uploadStatus: z.string().optional(),
  privacyStatus: z.string().optional(),
  failureReason: z.string().optional(),
  rejectionReason: z.string().optional(),
});

/** The video resource, the parts we read. Statistics are strings; hidden ones are absent. */
export const video = z.object({
  id: z.string().min(1),
  snippet: z
    .object({
      title: z.string().optional(),
      description: z.string().optional(),
      publishedAt: z.string().optional(),
      tags: z.array(z.string()).optional(),
    })
    .optional(),
  status: videoStatus.optional(),
  contentDetails: z.object({ duration: z.string().optional() }).optional(),
  processingDetails: z
    .object({ processingStatus: z.string().optional(), processingFailureReason: z.string().optional() })
    .optional(),
  statistics: z
    .object({ viewCount: z.string().optional(), likeCount: z.string().optional(), commentCount: z.string().optional() })
    .optional(),
});
export type Video = z.infer<typeof video>;

export const videoList = z.object({ items: z.array(video) });

export const channels = z.object({
  items: z
    .array(
      z.object({
        id: z.string(),
        snippet: z.object({ title: z.string().optional() }).optional(),
        contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string().optional() }) }).optional(),
      }),
    )
    .optional(),
});

export const playlistItems = z.object({
  items: z.array(
    z.object({ snippet: z.object({ publishedAt: z.string(), resourceId: z.object({ videoId: z.string() }) }) }),
  ),
  nextPageToken: z.string().optional(),
});
