import type { PlatformName } from './platform-name.js';

const TITLES: Readonly<Record<PlatformName, string>> = {
  tiktok: 'TikTok',
  reels: 'Instagram Reels',
  shorts: 'YouTube Shorts',
  skylight: 'Skylight',
  discord: 'Discord',
  telegram: 'Telegram',
  upscrolled: 'UpScrolled',
};

/** A platform's name as people write it: for sentences. What we do not know is called as it calls itself. */
export const platformTitle = (platform: string): string => TITLES[platform as PlatformName] ?? platform;
