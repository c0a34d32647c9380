import { SECOND_MS } from '../../../kernel/durations.js';
import { lostConsent, type Meaning, throttledFor, unavailable, userContent } from '../../domain/refusal.js';

/**
 * What `error_code` means (`platforms.md` 6.2); not listed: unknown. Telegram has no finer codes: `description` is for
 * people and may change, so only the two texts below are read, and only to say more than a plain 400 does.
 */
export const TELEGRAM_ERRORS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [400, userContent],
  [401, lostConsent],
  // Kicked out of the chat, or without the right to post.
  [403, lostConsent],
  // A token of no known shape.
  [404, lostConsent],
  // Two readers of updates; says nothing about us.
  [409, unavailable],
  [413, userContent],
  [429, throttledFor('account', 5 * SECOND_MS)],
]);

export const CHAT_NOT_FOUND = /chat not found$/i;
export const MESSAGE_NOT_FOUND = /message to delete not found$/i;
