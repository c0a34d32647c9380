import { type ContentRule, rulesOf } from '../../domain/content-rule.js';
import { limitsOf } from '../../domain/content-rules.js';
import type { AbsenceRule, PlatformCapabilities } from '../../domain/platform.port.js';

/** Telegram Bot API, sendVideo. */
export const TELEGRAM_SOURCE = 'https://core.telegram.org/bots/api#sendvideo';

/** Every limit on a video and its words. */
export const TELEGRAM_RULES: readonly ContentRule[] = rulesOf({ source: TELEGRAM_SOURCE, readOn: '2026-11' }, [
  // "0-1024 characters after entities parsing"; Telegram counts UTF-16 units.
  { rule: 'caption.max_utf16', max: 1_024 },
  // 50 MB by multipart to the public Bot API server.
  { rule: 'video.max_bytes', max: 50_000_000 },
  { rule: 'video.mime_type', oneOf: ['video/mp4'] },
]);

export const TELEGRAM_CAPABILITIES: PlatformCapabilities = {
  platform: 'telegram',
  displayName: 'Telegram',
  ...limitsOf(TELEGRAM_RULES),
  // Up to 48 h after sending, or for ever with the right to delete in a channel.
  canRemove: true,
  canList: false,
  isHandOff: false,
  countsViews: false,
  commitTimeoutMs: 30_000,
  processingP99Ms: 5_000,
};

/** A bot can neither list nor ask: a lost answer is for a person (`platforms.md` section 9). */
export const TELEGRAM_ABSENCE: AbsenceRule = { witness: 'none', reads: 1, spacingSeconds: 60, holdSeconds: 60 };
