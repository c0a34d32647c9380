/** The demo's world, as data: a small creator studio in the US with one account on each platform. */

export const PLATFORMS = ['tiktok', 'reels', 'shorts', 'skylight'] as const;
export type Platform = (typeof PLATFORMS)[number];

export const CLIPS = [
  'bread-timer.mp4',
  'desk-before-after.mp4',
  'knot-of-the-day.mp4',
  'street-at-dawn.mp4',
  'tea-in-a-minute.mp4',
  'window-garden.mp4',
] as const;

const SUBJECTS = [
  'Bread without a scale',
  'Desk, before and after',
  'One knot a day',
  'Street at dawn',
  'Tea in a minute',
  'Window garden',
];

/** One post of the demo: which platforms it is meant for and when, seconds after the start. */
export interface DemoPost {
  readonly caption: string;
  readonly clip: string;
  readonly platforms: readonly Platform[];
  readonly atSeconds: number;
}

/** Posts for TikTok alone come each 2 s and must find another way in the outage; the others keep their own pace. */
const TIKTOK_POSTS = 20;
const OTHER_POSTS = 8;
/** Several posts are due just when the lights go out: nobody can know yet. */
const BURST_POSTS = 6;

const subject = (index: number): string =>
  `${SUBJECTS[index % SUBJECTS.length]} #${Math.floor(index / SUBJECTS.length) + 1}`;
const clip = (index: number): string => CLIPS[index % CLIPS.length] ?? CLIPS[0];

/** When the lights go out and come back, seconds after the start. */
export const OUTAGE = { fromSeconds: 7, toSeconds: 32 } as const;

export const POSTS: readonly DemoPost[] = [
  ...Array.from({ length: TIKTOK_POSTS }, (_, index) => ({
    caption: `${subject(index)} for TikTok #perennial`,
    clip: clip(index),
    platforms: ['tiktok'] as const,
    atSeconds: 2 + index * 2,
  })),
  ...Array.from({ length: BURST_POSTS }, (_, index) => ({
    caption: `${subject(index)} at the worst moment #perennial`,
    clip: clip(index + 1),
    platforms: ['tiktok'] as const,
    atSeconds: OUTAGE.fromSeconds + 0.2 + index * 0.1,
  })),
  ...Array.from({ length: OTHER_POSTS }, (_, index) => ({
    caption: `${subject(index)} everywhere else #perennial`,
    clip: clip(index + 2),
    platforms: ['reels', 'shorts', 'skylight'] as const,
    atSeconds: 3 + index * 5,
  })),
];

/**
 * January 2026: most uploads fail, some hang, some are accepted and nobody says so, and what was accepted lands late.
 * The order matters: the first fault whose dice fall decides a call.
 */
export const FAULTS: readonly Readonly<Record<string, unknown>>[] = [
  { platform: 'tiktok', kind: 'late', rate: 1, delayMs: 9_000, seed: 11 },
  { platform: 'tiktok', step: 'upload', kind: 'drop-after', rate: 0.5, seed: 21 },
  { platform: 'tiktok', step: 'upload', kind: 'error-after', rate: 0.6, seed: 22 },
  { platform: 'tiktok', step: 'upload', kind: 'hang-after', rate: 1, delayMs: 5_000, seed: 23 },
  { platform: 'tiktok', step: 'init', kind: 'error-before', rate: 0.4, seed: 31 },
  { platform: 'tiktok', step: 'creator_info', kind: 'error-before', rate: 0.1, seed: 32 },
  { platform: 'tiktok', step: 'status', kind: 'error-before', rate: 0.5, seed: 41 },
  { platform: 'tiktok', step: 'user', kind: 'error-before', rate: 0.9, seed: 51 },
  { platform: 'tiktok', step: 'oauth', kind: 'error-before', rate: 0.9, seed: 52 },
];

export const SUBSCRIBERS = Array.from({ length: 200 }, (_, index) => `viewer${index + 1}@example.com`);

export const CONSENT = {
  text: 'Mail me when our videos have to move to another app.',
  textVersion: '2026-01',
  language: 'en',
  source: 'sign-up form on our site',
} as const;

/** What TikTok's targets do when it is not well. Seconds before the time scale: 1,800 s of hold take 30 s at 60. */
export const ROUTE = {
  scope: 'platform',
  scopeId: 'tiktok',
  platform: 'tiktok',
  onDegraded: 'publish',
  onDown: 'reroute',
  onUnknown: 'wait',
  onAccountTrouble: 'hold',
  holdForSeconds: 1_800,
  staleAfterSeconds: 172_800,
  broadcastAfterSeconds: 300,
  failback: 'catch_up',
} as const;
