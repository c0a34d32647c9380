import { z } from 'zod';

export const errorBody = z.object({ error: z.string(), message: z.string().optional() });

/** `describeServer`, or the refusal of a call without a token: both prove a PDS at the other end. */
export const alive = errorBody.or(z.object({ did: z.string() }));

/** A blob as JSON carries it. */
export const blobJson = z.object({
  $type: z.literal('blob'),
  ref: z.object({ $link: z.string() }),
  mimeType: z.string(),
  size: z.number(),
});
export type BlobJson = z.infer<typeof blobJson>;

/** The parts of a stored post that we compare and list. */
export const postRecord = z.object({
  text: z.string(),
  createdAt: z.string(),
  embed: z.object({ video: z.object({ ref: z.unknown() }).optional() }).optional(),
});

/** `getPosts` of the AppView, the parts we read; it knows no views. A post it does not know is left out. */
export const counters = z.object({
  posts: z.array(
    z.object({
      uri: z.string(),
      likeCount: z.number().optional(),
      replyCount: z.number().optional(),
      repostCount: z.number().optional(),
    }),
  ),
});
export type PostCounters = z.infer<typeof counters>['posts'][number];

export const resolvedHandle = z.object({ did: z.string() });

/** A DID document, the parts we read. */
export const didDocument = z.object({
  id: z.string(),
  alsoKnownAs: z.array(z.string()).optional(),
  service: z.array(z.object({ id: z.string(), serviceEndpoint: z.unknown() })).optional(),
});
export type DidDocument = z.infer<typeof didDocument>;

const job = z.object({
  jobId: z.string(),
  state: z.string().optional(),
  blob: blobJson.optional(),
  error: z.string().optional(),
  failureCode: z.string().optional(),
  message: z.string().optional(),
});
export type VideoJob = z.infer<typeof job>;

/** A job of the video service: the lexicon wraps it in `jobStatus`, the live service does not always. */
export const videoJob = z
  .object({ jobStatus: job })
  .transform(({ jobStatus }) => jobStatus)
  .or(job);

export const uploadLimits = z.object({
  canUpload: z.boolean(),
  remainingDailyVideos: z.number().optional(),
  remainingDailyBytes: z.number().optional(),
  error: z.string().optional(),
  message: z.string().optional(),
});
