import { z } from 'zod';
import type { Credentials } from '../../domain/publish-outcome.js';

const chat = z.string().regex(/^(-?\d{1,20}|@[A-Za-z]\w{3,31})$/);

const shape = z.object({
  botToken: z.string().regex(/^\d{3,20}:[\w-]{20,60}$/),
  /** Where posts go: a number, or `@name` of a public channel. */
  chatId: chat,
  /** A private chat or channel of your own, where videos wait for their turn; posts there bother nobody. */
  stagingChatId: chat.optional(),
});

/** A bot and its chats. */
export type TelegramAccess = z.infer<typeof shape>;

/** undefined when it is no bot with a chat. */
export const readAccess = (credentials: Credentials): TelegramAccess | undefined => {
  const read = shape.safeParse(credentials);
  return read.success ? read.data : undefined;
};
