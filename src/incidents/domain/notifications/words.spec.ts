import { describe, expect, it } from '@jest/globals';
import type { Change } from './change.js';
import { departing } from './departure.js';
import { digestWords, sumUp } from './digest.js';
import { gather, type Gathered } from './gather.js';
import { MAX_SUBJECT, MAX_TEXT, type Wording } from './message.js';
import { releaseOf } from './release.policy.js';
import { wordsOf } from './words.js';

const names: Readonly<Record<string, string>> = { tiktok: 'TikTok', reels: 'Instagram Reels' };
const wording: Wording = {
  nameOf: (platform) => names[platform] ?? platform,
  zone: 'Europe/Paris',
  publicUrl: 'https://perennial.example',
};
const change = (over: Partial<Change>): Change => ({
  kind: 'incident.opened',
  severity: 'critical',
  subject: 'i1',
  workspaceId: null,
  at: '2026-01-27T14:02:00.000Z',
  platform: 'tiktok',
  region: 'us',
  incidentId: 'i1',
  state: 'down',
  words: '9 of the last 10 posts failed.',
  ...over,
});
const one = (over: Partial<Change>): Gathered => gather(undefined, [change(over)]);
const post = (platform: string, number: number): Change =>
  change({ kind: 'post.needs_decision', severity: 'warning', subject: `t${number}`, platform, workspaceId: 'w1' });
const posts = (count: number): Gathered => {
  const [first, ...rest] = Array.from({ length: count }, (_, number) => post(number % 5 ? 'tiktok' : 'reels', number));
  return gather(undefined, [first as Change, ...rest]);
};

describe('a message', () => {
  it('says what happened, since when, what Perennial does, what to do, and where', () => {
    const { subject, text } = wordsOf(one({}), wording);
    expect(subject).toBe('TikTok (us) is down');
    expect(text).toBe(
      [
        'TikTok (us) has been down since 27 Jan, 15:02 (Europe/Paris).\nWhat we saw: 9 of the last 10 posts failed.',
        'Perennial now: sends nothing there but a trial from time to time. What is due waits or goes to other accounts, as your routes say, and nothing is sent twice.',
        'You: nothing must be done at once. See where your posts go:\nhttps://perennial.example/v1/incidents/i1/evidence?format=html',
      ].join('\n\n'),
    );
  });

  it('says how long a trouble lasted when it ends', () => {
    const end = { kind: 'incident.recovered', state: 'healthy', since: '2026-01-27T11:24:00.000Z' } as const;
    const { subject, text } = wordsOf(one(end), wording);
    expect(subject).toBe('TikTok (us) is healthy again');
    expect(text).toContain(
      'has been healthy again since 27 Jan, 15:02 (Europe/Paris). It was in trouble for 2 h 38 min.',
    );
    expect(text).toContain('Perennial now: publishes there again.');
  });

  it('says when a trouble that got worse began', () => {
    const { subject, text } = wordsOf(one({ kind: 'incident.worse', since: '2026-01-27T13:00:00.000Z' }), wording);
    expect(subject).toBe('TikTok (us) got worse and is down');
    expect(text).toContain('The trouble began 27 Jan, 14:00 (Europe/Paris).');
  });

  it('tells of a crowd of posts by number, of one post by its page', () => {
    const crowd = wordsOf(posts(500), wording);
    expect(crowd.subject).toBe('500 posts need your decision');
    expect(crowd.text).toContain('100 on Instagram Reels, 400 on TikTok');
    expect(crowd.text).toContain('sends none of them again by itself');
    expect(crowd.url).toBe('https://perennial.example/v1/targets?status=needs_decision');
    const single = wordsOf(posts(1), wording);
    expect(single.subject).toBe('1 post needs your decision');
    expect(single.url).toBe('https://perennial.example/v1/targets/t0');
  });

  it('asks to connect an account again, by its name', () => {
    const lost = one({ kind: 'account.needs_reconnect', subject: 'a1', words: '@zoe', workspaceId: 'w1' });
    const { subject, text } = wordsOf(lost, wording);
    expect(subject).toBe('TikTok refuses the sign-in of @zoe');
    expect(text).toMatch(/You: connect it again:\nhttps:\/\/perennial\.example\/v1\/accounts\/a1\/health$/);
  });

  it('passes on what a drill found and what the radar saw, as hints that move nothing', () => {
    const drill = wordsOf(one({ kind: 'drill.finished', subject: 'd1', words: '2 have no fallback.' }), wording);
    expect(drill.text).toContain('2 have no fallback.');
    const radar = wordsOf(one({ kind: 'radar.alert', words: 'TikTok fell from 3 to 41.' }), wording);
    expect(radar.subject).toBe('Radar: TikTok fell from 3 to 41.');
    expect(radar.text).toContain('A hint from outside alone moves no post.');
  });

  it('stays short whatever is in it, and keeps its link', () => {
    const many = Array.from({ length: 30 }, (_, number) =>
      change({ subject: `i${number}`, region: 'r'.repeat(200), words: '😀'.repeat(150) }),
    );
    const { subject, text } = wordsOf(gather(undefined, [change({}), ...many]), wording);
    expect(subject.length).toBeLessThanOrEqual(MAX_SUBJECT);
    expect(text.length).toBeLessThanOrEqual(MAX_TEXT);
    expect(text).toMatch(/…\nhttps:\/\/perennial\.example\/v1\/incidents$/);
    expect(text.isWellFormed() && subject.isWellFormed()).toBe(true);
  });

  it('says first that it is late, or may have been read before', () => {
    const message = wordsOf(one({}), wording);
    const leave = { ageMs: 1_000, lateAfterMs: 600_000, isRepeat: false };
    expect(departing(message, leave)).toBe(message);
    expect(departing(message, { ...leave, ageMs: 3_900_000 }).text).toMatch(
      /^This message is late: .* 1 h 5 min old\./,
    );
    expect(departing(message, { ...leave, isRepeat: true }).text).toMatch(/^You may have read this before/);
  });
});

describe('a digest', () => {
  const end = change({
    kind: 'incident.recovered',
    state: 'healthy',
    severity: 'info',
    at: '2026-01-28T02:10:00.000Z',
    since: '2026-01-27T22:14:00.000Z',
  });

  it('is one message with one line for each thing, an incident shortened to how it ended', () => {
    const sums = sumUp([one({ at: '2026-01-27T22:14:00.000Z' }), posts(12), gather(undefined, [end]), posts(3)]);
    const { subject, text, url } = digestWords(sums, wording);
    expect(subject).toBe('While it was quiet: 16 things happened');
    expect(text).toContain('28 Jan, 03:10: TikTok (us) is healthy again (in trouble since 27 Jan, 23:14)');
    expect(text).toContain('15 posts need your decision');
    expect(text.match(/TikTok/g)).toHaveLength(1);
    expect(url).toBe('https://perennial.example/v1/targets?status=needs_decision');
  });

  it('asks for nothing when nothing waits for a person', () => {
    const { text, subject } = digestWords(sumUp([gather(undefined, [end])]), wording);
    expect(subject).toBe('While it was quiet: 1 thing happened');
    expect(text).toContain('You: nothing is needed:');
  });
});

describe('releaseOf', () => {
  const night = new Date('2026-01-27T23:00:00Z');
  const quietHours = { from: '22:00', to: '07:00', zone: 'Europe/Paris' };

  it('keeps a message for the end of quiet hours, unless one kind in it is urgent', () => {
    const wishes = { quietHours, urgentKinds: ['incident.worse' as const] };
    expect(releaseOf(['post.needs_decision'], wishes, night)).toEqual({
      kind: 'keep',
      until: new Date('2026-01-28T06:00:00Z'),
    });
    expect(releaseOf(['incident.recovered', 'incident.worse'], wishes, night)).toEqual({ kind: 'send' });
    expect(releaseOf(['post.needs_decision'], wishes, new Date('2026-01-27T12:00:00Z'))).toEqual({ kind: 'send' });
    expect(releaseOf(['post.needs_decision'], { urgentKinds: [] }, night)).toEqual({ kind: 'send' });
  });
});
