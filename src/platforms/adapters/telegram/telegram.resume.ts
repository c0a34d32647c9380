import { z } from 'zod';
import type { ResumeToken } from '../../domain/publish-outcome.js';

const shape = z.object({
  /** Ours alone: Telegram knows no name for a message before it exists. */
  handle: z.string(),
  /** The chat as it is called now; a group that became a supergroup has a new id. */
  chatId: z.string(),
  stagingChatId: z.string().optional(),
  /** The video at Telegram; absent before staging, or where there is no staging chat. */
  fileId: z.string().optional(),
  step: z.enum(['stage', 'ready']),
});
export type TelegramResume = z.infer<typeof shape> & ResumeToken;

/** @throws ZodError when the token is not one of ours (a bug in the caller) */
export const readResume = (resume: ResumeToken): TelegramResume => shape.parse(resume);
