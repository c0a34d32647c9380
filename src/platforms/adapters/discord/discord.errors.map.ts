import { SECOND_MS } from '../../../kernel/durations.js';
import {
  accountIssue,
  lostConsent,
  type Meaning,
  throttledFor,
  unavailable,
  userContent,
} from '../../domain/refusal.js';

/** When a slow-mode answer names no time. */
const slowMode = throttledFor('account', 60 * SECOND_MS);

/**
 * Discord's own codes (`platforms.md` 6.1); not listed: unknown. Everything that says "this address or token is dead"
 * asks for a new connection at once: ten thousand refused calls in ten minutes ban our address.
 */
export const DISCORD_ERRORS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [10003, lostConsent],
  [10015, lostConsent],
  [50027, lostConsent],
  // 0 comes with HTTP 401: the bot's token is not accepted.
  [0, lostConsent],
  [50001, lostConsent],
  [50013, lostConsent],
  [50006, userContent],
  [50035, userContent],
  [40005, userContent],
  [240000, userContent],
  [220001, accountIssue],
  [220002, accountIssue],
  [20016, slowMode],
  [20028, slowMode],
  [20029, slowMode],
  // "Resource overloaded": refused by Discord itself, so certainly not done.
  [130000, unavailable],
]);

/** The post to remove is gone already. */
export const UNKNOWN_MESSAGE = 10008;
