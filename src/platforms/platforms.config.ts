import { DISCORD_DEFAULTS, type DiscordConfig } from './adapters/discord/discord.config.js';
import { TELEGRAM_DEFAULTS, type TelegramConfig } from './adapters/telegram/telegram.config.js';
import type { ReelsConfig } from './adapters/reels/reels.config.js';
import type { ShortsConfig } from './adapters/shorts/shorts.config.js';
import type { SkylightConfig } from './adapters/skylight/skylight.config.js';
import type { TikTokConfig } from './adapters/tiktok/tiktok.config.js';
import { REELS_DEFAULTS } from './adapters/reels/reels.config.js';
import { SHORTS_DEFAULTS } from './adapters/shorts/shorts.config.js';
import { SKYLIGHT_DEFAULTS } from './adapters/skylight/skylight.config.js';
import { TIKTOK_DEFAULTS } from './adapters/tiktok/tiktok.config.js';

/** Where each platform is reached and as which app; every base URL can be pointed at the sandbox. */
export interface PlatformsConfig {
  readonly tiktok: TikTokConfig;
  readonly reels: ReelsConfig;
  readonly shorts: ShortsConfig;
  readonly skylight: SkylightConfig;
  readonly discord: DiscordConfig;
  readonly telegram: TelegramConfig;
}

/** The real services (`platforms.md` 0.1), without app credentials. */
export const PLATFORMS_DEFAULTS: PlatformsConfig = {
  tiktok: TIKTOK_DEFAULTS,
  reels: REELS_DEFAULTS,
  shorts: SHORTS_DEFAULTS,
  skylight: SKYLIGHT_DEFAULTS,
  discord: DISCORD_DEFAULTS,
  telegram: TELEGRAM_DEFAULTS,
};
