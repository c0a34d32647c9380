import { describe, expect, it } from '@jest/globals';
import { TARGET_STATUSES } from '../../../publishing/domain/targets/target-status.js';
import { descriptionOf, eventStatusOf, type FeedEntry, liveLinkOf, summaryOf } from './feed-entry.js';
import { feedTokenHash, feedTokenOf } from './feed-token.js';

const entry = (given: Partial<FeedEntry> = {}): FeedEntry => ({
  id: '0192aaaa-0000-7000-8000-000000000001',
  platform: 'tiktok',
  accountName: '@mara',
  status: 'scheduled',
  at: new Date('2026-12-01T17:30:00Z'),
  localTime: '2026-12-01 18:30',
  zone: 'Europe/Paris',
  title: null,
  caption: 'Tea in a minute\n#tea',
  tags: ['tea'],
  permalink: null,
  version: 1,
  updatedAt: new Date('2026-11-01T00:00:00Z'),
  ...given,
});

describe('an entry of a calendar feed', () => {
  it('is called by its first line, or its title, and by what is unusual about it', () => {
    expect(summaryOf(entry())).toBe('TikTok · @mara: Tea in a minute');
    expect(summaryOf(entry({ title: 'Tea', status: 'needs_decision' }))).toBe('[needs decision] TikTok · @mara: Tea');
    expect(summaryOf(entry({ caption: ' \n ' }))).toBe('TikTok · @mara: Untitled');
    expect(summaryOf(entry({ caption: `${'x'.repeat(78)}😀😀` }))).toMatch(/x+\p{Emoji}?.?…$/u);
    expect(summaryOf(entry({ caption: `${'x'.repeat(78)}😀😀` })).isWellFormed()).toBe(true);
  });

  it('links to the live copy only by a web address', () => {
    expect(liveLinkOf(entry({ permalink: 'https://tiktok.example/@mara/video/7' }))).toBe(
      'https://tiktok.example/@mara/video/7',
    );
    expect(liveLinkOf(entry({ permalink: 'javascript:alert(1)' }))).toBeUndefined();
    expect(liveLinkOf(entry({ permalink: 'https://a.example/x\r\nATTACH:evil' }))).not.toMatch(/[\r\n]/);
    expect(descriptionOf(entry({ permalink: 'https://a.example/x' }))).toBe(
      'Tea in a minute\n#tea\nStatus: scheduled\nPlanned: 2026-12-01 18:30 Europe/Paris\nLive: https://a.example/x',
    );
  });

  it('has a state that calendars know for every status', () => {
    const states = Object.fromEntries(TARGET_STATUSES.map((status) => [status, eventStatusOf(status)]));
    expect(states).toMatchObject({ published: 'CONFIRMED', held: 'TENTATIVE', missed: 'CANCELLED' });
    expect(Object.values(states)).not.toContain(undefined);
  });
});

describe('the secret of a feed', () => {
  it('is kept as a hash, and a text of another form is no secret', () => {
    const token = feedTokenOf(Buffer.alloc(24, 7));
    expect(feedTokenHash(token)).toHaveLength(32);
    expect(feedTokenHash(token)?.toString('base64url')).not.toContain(token);
    for (const other of ['', token.slice(1), `${token}x`, `${token.slice(1)}/`, '../'.repeat(11).slice(0, 32)])
      expect(feedTokenHash(other)).toBeUndefined();
  });
});
