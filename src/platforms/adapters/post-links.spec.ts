import { describe, expect, it } from '@jest/globals';
import { discordPostLink } from './discord/discord.link.js';
import { reelsPostLink } from './reels/reels.link.js';
import { shortsPostLink } from './shorts/shorts.link.js';
import { skylightPostLink } from './skylight/skylight.link.js';
import { telegramPostLink } from './telegram/telegram.link.js';
import { tiktokPostLink } from './tiktok/tiktok.link.js';

const DID = 'did:plc:z72i7hdynmk6r22z27h6tvur';
const CHAT = '-1001234567890';
const READERS = {
  tiktok: tiktokPostLink,
  shorts: shortsPostLink,
  reels: reelsPostLink,
  skylight: (url: string) => skylightPostLink(url, DID),
  discord: discordPostLink,
  telegram: (url: string) => telegramPostLink(url, CHAT),
};
type Reader = keyof typeof READERS;

/** Platform, the link as pasted, the id, the link as the platform writes it where it differs. */
const GOOD: readonly (readonly [Reader, string, string | undefined, string?])[] = [
  ['tiktok', 'https://www.tiktok.com/@mara.cooks/video/7460000000000000999', '7460000000000000999'],
  [
    'tiktok',
    'https://m.tiktok.com/@mara/video/7460000000000000999?is_from_webapp=1',
    '7460000000000000999',
    'https://www.tiktok.com/@mara/video/7460000000000000999',
  ],
  ['shorts', 'https://www.youtube.com/shorts/dQw4w9WgXcQ', 'dQw4w9WgXcQ'],
  ['shorts', 'https://youtu.be/dQw4w9WgXcQ?si=x', 'dQw4w9WgXcQ', 'https://www.youtube.com/shorts/dQw4w9WgXcQ'],
  [
    'shorts',
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3',
    'dQw4w9WgXcQ',
    'https://www.youtube.com/shorts/dQw4w9WgXcQ',
  ],
  [
    'shorts',
    'https://studio.youtube.com/video/dQw4w9WgXcQ/edit',
    'dQw4w9WgXcQ',
    'https://www.youtube.com/shorts/dQw4w9WgXcQ',
  ],
  ['reels', 'https://www.instagram.com/reel/C1a2B3c4D5e/', undefined],
  ['reels', 'https://instagram.com/mara/reel/C1a2B3c4D5e', undefined, 'https://www.instagram.com/reel/C1a2B3c4D5e/'],
  ['skylight', `https://bsky.app/profile/${DID}/post/3kabc`, `at://${DID}/app.bsky.feed.post/3kabc`],
  [
    'skylight',
    `at://${DID}/app.bsky.feed.post/3kabc`,
    `at://${DID}/app.bsky.feed.post/3kabc`,
    `https://bsky.app/profile/${DID}/post/3kabc`,
  ],
  [
    'skylight',
    'https://bsky.app/profile/mara.example/post/3kabc',
    `at://${DID}/app.bsky.feed.post/3kabc`,
    `https://bsky.app/profile/${DID}/post/3kabc`,
  ],
  ['discord', 'https://discord.com/channels/111111/222222/333333', '333333'],
  ['telegram', 'https://t.me/maracooks/42', `${CHAT}/42`],
  ['telegram', 'https://t.me/c/1234567890/42', `${CHAT}/42`],
];

describe('links to posts', () => {
  it.each(GOOD)('on %s: %s is read', (platform, url, platformPostId, permalink = url) => {
    expect(READERS[platform](url)).toEqual({ ...(platformPostId === undefined ? {} : { platformPostId }), permalink });
  });

  it.each(Object.keys(READERS) as Reader[])('%s takes no link of another platform', (platform) => {
    const others = GOOD.filter(([other]) => other !== platform);
    expect(others.filter(([, url]) => READERS[platform](url))).toEqual([]);
  });

  it.each<[Reader, string]>([
    ['tiktok', 'https://vm.tiktok.com/ZMabcdef/'],
    ['tiktok', 'https://www.tiktok.com/@mara'],
    ['tiktok', 'http://www.tiktok.com/@mara/video/7460000000000000999'],
    ['tiktok', 'https://tiktok.com.evil.example/@mara/video/7460000000000000999'],
    ['tiktok', 'https://user:pw@tiktok.com/@mara/video/7460000000000000999'],
    ['tiktok', 'not a link'],
    ['shorts', 'https://www.youtube.com/@mara'],
    ['shorts', 'https://www.youtube.com/shorts/tooshort'],
    ['reels', 'https://www.instagram.com/mara/'],
    ['skylight', 'https://bsky.app/profile/did:plc:someoneelse/post/3kabc'],
    ['discord', 'https://discord.com/channels/111111/222222'],
    ['telegram', 'https://t.me/c/9999999999/42'],
  ])('%s refuses %s', (platform, url) => {
    expect(READERS[platform](url)).toBeUndefined();
  });
});
