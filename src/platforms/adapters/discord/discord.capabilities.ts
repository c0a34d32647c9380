import { type ContentRule, rulesOf } from '../../domain/content-rule.js';
import { limitsOf } from '../../domain/content-rules.js';
import type { AbsenceRule, PlatformCapabilities } from '../../domain/platform.port.js';

/** Discord developer documents: message object and uploading files. */
export const DISCORD_SOURCE = 'https://discord.com/developers/docs/resources/message';

/** Every limit on a message and its video. */
export const DISCORD_RULES: readonly ContentRule[] = rulesOf({ source: DISCORD_SOURCE, readOn: '2026-11' }, [
  // "Characters" in the document; UTF-16 units are the strict reading.
  { rule: 'caption.max_utf16', max: 2_000 },
  // 10 MiB for every server since late 2024; boosted servers take more (unverified, so not counted on).
  { rule: 'video.max_bytes', max: 10_485_760 },
  { rule: 'video.mime_type', oneOf: ['video/mp4', 'video/quicktime', 'video/webm'] },
]);

export const DISCORD_CAPABILITIES: PlatformCapabilities = {
  platform: 'discord',
  displayName: 'Discord',
  ...limitsOf(DISCORD_RULES),
  canRemove: true,
  canList: true,
  isHandOff: false,
  countsViews: false,
  commitTimeoutMs: 120_000,
  processingP99Ms: 5_000,
};

/** A bot lists its channel: one clean read 30 s later (`platforms.md` section 9). */
export const DISCORD_BOT_ABSENCE: AbsenceRule = { witness: 'list', reads: 1, spacingSeconds: 30, holdSeconds: 30 };

/** A webhook cannot list: a lost answer is for a person. */
export const DISCORD_WEBHOOK_ABSENCE: AbsenceRule = { witness: 'none', reads: 1, spacingSeconds: 30, holdSeconds: 30 };
