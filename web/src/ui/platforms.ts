import type { AccountDto } from '../api/generated/types.gen.ts';

export type PlatformName = AccountDto['platform'];

/** Proper names: the same in every language. */
const TITLES: Readonly<Record<PlatformName, string>> = {
  tiktok: 'TikTok',
  reels: 'Reels',
  shorts: 'Shorts',
  skylight: 'Skylight',
  discord: 'Discord',
  telegram: 'Telegram',
  upscrolled: 'UpScrolled',
};

export const PLATFORMS = Object.keys(TITLES) as readonly PlatformName[];

/** What people call the platform; its own word where we do not know it. */
export const platformTitle = (platform: string): string => TITLES[platform as PlatformName] ?? platform;

/** For a `Select`. */
export const PLATFORM_OPTIONS = PLATFORMS.map((platform) => ({ value: platform, label: TITLES[platform] }));
