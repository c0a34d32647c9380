import { z } from 'zod';

/** Ids are strings of digits. */
const id = z.string().regex(/^\d+$/);

export const errorBody = z.object({ code: z.number(), message: z.string().optional() });

/** A 429; seconds, with a fraction. */
export const rateLimit = z.object({ retry_after: z.number(), global: z.boolean().optional() });

export const webhook = z.object({ id, channel_id: id, guild_id: id.optional(), name: z.string().nullish() });

export const channel = z.object({ id, guild_id: id.optional(), name: z.string().nullish() });

export const user = z.object({ id, username: z.string() });

export const message = z.object({
  id,
  channel_id: id,
  content: z.string().optional(),
  timestamp: z.iso.datetime({ offset: true }),
  author: z.object({ id: z.string() }).optional(),
  nonce: z.union([z.string(), z.number()]).transform(String).optional(),
});
export type Message = z.infer<typeof message>;
export const messages = z.array(message);

export const gateway = z.object({ url: z.string() });
