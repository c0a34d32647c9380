import { z } from 'zod';

export const errorBody = z.object({ error: z.string(), message: z.string().optional() });

/** `describeServer`, or the refusal of a call without a token: both prove a PDS at the other end. */
export const alive = errorBody.or(z.object({ did: z.string() }));

/** The parts of a stored post that we compare and list. */
export const postRecord = z.object({
  text: z.string(),
  createdAt: z.string(),
  embed: z.object({ video: z.object({ ref: z.unknown() }).optional() }).optional(),
});
export type PostRecord = z.infer<typeof postRecord>;

/** `getPosts` of the AppView, the parts we read; it knows no views. */
export const counters = z.object({
  posts: z.array(z.object({ likeCount: z.number().optional(), replyCount: z.number().optional() })),
});
