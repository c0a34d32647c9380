import type { PlatformName } from '../ui/platforms.ts';
import type { Words } from './draft.ts';

/** How a platform's feed shows a post. */
export interface PreviewLook {
  /** `full`: the video fills the screen, words lie on it; `card`: words above or below it. */
  readonly frame: 'full' | 'card';
  /** Lines of words before "more"; undefined: all of them. */
  readonly lines?: number;
  /** What the feed shows. */
  readonly shows: 'caption' | 'title';
}

/** As the apps show a post in their feeds; looked at in Nov 2026. */
export const PREVIEW_LOOKS: Readonly<Record<PlatformName, PreviewLook>> = {
  tiktok: { frame: 'full', lines: 2, shows: 'caption' },
  reels: { frame: 'full', lines: 1, shows: 'caption' },
  shorts: { frame: 'full', lines: 2, shows: 'title' },
  skylight: { frame: 'full', lines: 3, shows: 'caption' },
  discord: { frame: 'card', shows: 'caption' },
  telegram: { frame: 'card', shows: 'caption' },
  upscrolled: { frame: 'full', lines: 2, shows: 'caption' },
};

/** The words that the feed shows: a Short without a title has the caption's first line. */
export const shownWords = (platform: PlatformName, { caption, title }: Required<Words>): string => {
  if (PREVIEW_LOOKS[platform].shows === 'caption') return caption;
  return title.trim() === '' ? (caption.trim().split(/\r?\n/)[0] ?? '') : title.trim();
};
