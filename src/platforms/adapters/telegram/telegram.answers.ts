import { z } from 'zod';

/** `{"ok":true,"result":…}`; what `result` is depends on the method. */
export const succeeded = z.object({ ok: z.literal(true), result: z.unknown() });

export const refused = z.object({
  ok: z.literal(false),
  error_code: z.number(),
  description: z.string().optional(),
  parameters: z
    .object({
      /** Whole seconds. */
      retry_after: z.number().optional(),
      /** The group became a supergroup with this id. */
      migrate_to_chat_id: z.union([z.number(), z.string()]).transform(String).optional(),
    })
    .optional(),
});

/** A chat id has at most 52 bits; beyond 2^53 it would arrive as a string. */
const id = z.union([z.number(), z.string()]).transform(String);

export const chat = z.object({
  id,
  title: z.string().optional(),
  username: z.string().optional(),
  first_name: z.string().optional(),
});
export type Chat = z.infer<typeof chat>;

export const user = z.object({ id, username: z.string().optional() });

export const message = z.object({
  message_id: z.number(),
  /** Unix time, seconds. */
  date: z.number(),
  chat,
  video: z.object({ file_id: z.string().min(1) }).optional(),
});
export type Message = z.infer<typeof message>;

export const removed = z.literal(true);
