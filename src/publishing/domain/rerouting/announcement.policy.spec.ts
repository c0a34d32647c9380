import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { announcementOf, settleAnnouncement } from './announcement.policy.js';

const now = new Date('2026-01-26T12:00:00Z');
const until = plusMs(now, 10 * MINUTE_MS);

describe('an announcement', () => {
  it('quotes the first line and lists every live link', () => {
    const links = [
      { platformName: 'YouTube Shorts', permalink: 'https://youtube.com/shorts/a' },
      { platformName: 'Instagram', permalink: 'https://instagram.com/reel/b' },
    ];
    expect(announcementOf('Tea in a minute\n#tea', links)).toBe(
      '“Tea in a minute” is here:\nYouTube Shorts: https://youtube.com/shorts/a\nInstagram: https://instagram.com/reel/b',
    );
    expect(announcementOf(' ', links)).toMatch(/^Our new video is here:/);
  });

  it('cuts a long line between characters', () => {
    const [line = ''] = announcementOf('🫖'.repeat(300), []).split('\n');
    expect(line).toBe(`“${'🫖'.repeat(199)}…” is here:`);
  });

  it('goes out once: a doubt is never sent again, and what was not sent is tried for a day', () => {
    expect(settleAnnouncement({ kind: 'published', platformPostId: '7', permalink: 'l' }, until, now)).toEqual({
      state: 'sent',
      messageId: '7',
      permalink: 'l',
    });
    expect(settleAnnouncement({ kind: 'unknown', detail: 'reset' }, until, now)).toEqual({
      state: 'unknown',
      detail: 'reset',
    });
    const unavailable = { kind: 'unavailable', detail: '503' } as const;
    expect(settleAnnouncement(unavailable, until, now)).toMatchObject({
      state: 'planned',
      nextAt: plusMs(now, MINUTE_MS),
    });
    expect(settleAnnouncement(unavailable, now, now).state).toBe('expired');
  });
});
