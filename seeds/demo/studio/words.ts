import type { Platform } from '../workspace.ts';

/** The studio's evergreen library, as data: what a small creator would really keep. */
export interface Keeper {
  readonly caption: string;
  readonly title: string;
  readonly clip: string;
  readonly tags: readonly string[];
  /** Other wordings, each with words or hashtags of its own. */
  readonly variations?: readonly { readonly caption?: string; readonly hashtags?: readonly string[] }[];
}

export const KEEPERS: readonly Keeper[] = [
  {
    caption: 'No scale? A mug is 125 g of flour. Three mugs, one of water, done.',
    title: 'Bread without a scale',
    clip: 'bread-timer.mp4',
    tags: ['kitchen', 'basics'],
    variations: [
      { caption: 'Your kitchen scale is optional. Your mug is not.' },
      { caption: 'Three mugs of flour and a timer: that is bread.', hashtags: ['bread', 'kitchen'] },
    ],
  },
  {
    caption: 'Ten minutes, one bin bag, and a desk you want to sit at.',
    title: 'Desk, before and after',
    clip: 'desk-before-after.mp4',
    tags: ['home', 'before-after'],
    variations: [{ hashtags: ['desk', 'tidy'] }],
  },
  {
    caption: 'The bowline: the rabbit comes out of the hole, round the tree, and back.',
    title: 'One knot a day: bowline',
    clip: 'knot-of-the-day.mp4',
    tags: ['knots', 'basics'],
  },
  {
    caption: 'Five in the morning belongs to bakers and pigeons.',
    title: 'Street at dawn',
    clip: 'street-at-dawn.mp4',
    tags: ['city'],
  },
  {
    caption: 'Green tea wants 80 degrees. Count to sixty after the boil.',
    title: 'Tea in a minute',
    clip: 'tea-in-a-minute.mp4',
    tags: ['kitchen', 'basics'],
    variations: [{ caption: 'Bitter tea is hot tea. Wait a minute.' }],
  },
  {
    caption: 'A window, a yoghurt pot and basil: dinner by March.',
    title: 'Window garden',
    clip: 'window-garden.mp4',
    tags: ['garden', 'home'],
  },
  {
    caption: 'Dead yeast does not foam. Test it before you knead.',
    title: 'Is your yeast alive?',
    clip: 'bread-timer.mp4',
    tags: ['kitchen'],
  },
  {
    caption: 'Two half hitches hold a hammock. And you.',
    title: 'One knot a day: half hitches',
    clip: 'knot-of-the-day.mp4',
    tags: ['knots'],
    variations: [{ hashtags: ['knots', 'camping'] }],
  },
  {
    caption: 'Cables in a paper roll. That is the whole trick.',
    title: 'Cables, tamed',
    clip: 'desk-before-after.mp4',
    tags: ['home', 'before-after'],
  },
  {
    caption: 'Mint grows from a cutting in a glass of water.',
    title: 'Mint for nothing',
    clip: 'window-garden.mp4',
    tags: ['garden'],
    variations: [{ caption: 'One sprig of mint is enough for a lifetime of mint.' }],
  },
  {
    caption: 'The last tram of the night, and nobody in it.',
    title: 'Last tram',
    clip: 'street-at-dawn.mp4',
    tags: ['city'],
  },
  {
    caption: 'Ice tea without sugar: strong tea, cold water, orange peel.',
    title: 'Ice tea, no sugar',
    clip: 'tea-in-a-minute.mp4',
    tags: ['kitchen'],
  },
];

/** Due once, some days from now. */
export const ONE_SHOTS: readonly {
  readonly caption: string;
  readonly clip: string;
  readonly inHours: number;
  readonly platforms: readonly Platform[];
}[] = [
  {
    caption: 'Live from the market on Saturday',
    clip: 'street-at-dawn.mp4',
    inHours: 5,
    platforms: ['tiktok', 'reels'],
  },
  {
    caption: 'Your questions about sourdough, answered',
    clip: 'bread-timer.mp4',
    inHours: 20,
    platforms: ['tiktok', 'reels', 'shorts', 'skylight'],
  },
  { caption: 'Spring is one tray away', clip: 'window-garden.mp4', inHours: 52, platforms: ['tiktok', 'shorts'] },
  { caption: 'The desk, one year later', clip: 'desk-before-after.mp4', inHours: 99, platforms: ['reels', 'skylight'] },
];

export const UPDATES = [
  {
    feature: 'posting',
    status: 'investigating',
    text: 'Videos we send to TikTok fail or vanish. New ones go to our other channels meanwhile.',
  },
  {
    feature: 'posting',
    status: 'identified',
    text: 'TikTok has lost power in a data centre. Nothing is lost on our side, and nothing is posted twice.',
  },
  {
    feature: 'view counts',
    status: 'monitoring',
    text: 'Counts on TikTok may stand still for a while. Do not trust them yet.',
  },
  {
    feature: 'posting',
    status: 'resolved',
    text: 'TikTok takes our videos again. What you missed there follows today.',
  },
] as const;

export const NOTE = 'First seen by the upload probe, 8 s before the first post failed. Told the sponsor by phone.';
