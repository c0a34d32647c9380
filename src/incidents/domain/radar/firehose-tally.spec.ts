import { describe, expect, it } from '@jest/globals';
import { firehosePost, timeUsOf } from './firehose-event.js';
import { FirehoseTally } from './firehose-tally.js';
import { mentionMatcher } from './mention-matcher.js';
import { USUAL_TROUBLES } from './radar-watch.js';

const HOUR_US = 3_600_000_000;
const T0_US = Date.parse('2026-01-26T12:00:00Z') * 1_000;
const T0 = new Date(T0_US / 1_000);
const TIKTOK = { id: 'w1', subject: { names: ['tiktok', 'tik tok'], troubles: USUAL_TROUBLES } };

const event = (more: object = {}, text: unknown = 'tiktok is down') =>
  JSON.stringify({
    did: 'did:plc:a',
    time_us: T0_US,
    kind: 'commit',
    commit: { operation: 'create', collection: 'app.bsky.feed.post', record: { text } },
    ...more,
  });

describe('saying that something is down', () => {
  const says = mentionMatcher(TIKTOK.subject);
  it.each(['TikTok DOWN??', 'is tik  tok not working for anyone else', "can't post on #tiktok", 'Outage: TikTok'])(
    'is %j',
    (text) => expect(says(text)).toBe(true),
  );
  it.each(['tiktok is fun', 'the server is down', 'tiktoker downtown', 'download tiktok'])('is not %j', (text) =>
    expect(says(text)).toBe(false),
  );
  it('takes signs in names as they are', () => {
    const of = mentionMatcher({ names: ['x.com (x)'], troubles: ['c++'] });
    expect(of('x.com (x) and c++')).toBe(true);
    expect(of('xxcom (x) and c++')).toBe(false);
  });
});

describe('a message of the firehose', () => {
  it('is read for its time, author and text', () => {
    expect(timeUsOf(event())).toBe(T0_US);
    expect(firehosePost(event())).toEqual({ timeUs: T0_US, author: 'did:plc:a', text: 'tiktok is down' });
  });
  it.each([
    ['no JSON', '{'],
    ['an identity', JSON.stringify({ kind: 'identity', did: 'x', time_us: T0_US })],
    ['a deleted post', event({ commit: { operation: 'delete', collection: 'app.bsky.feed.post' } })],
    ['a like', event({ commit: { operation: 'create', collection: 'app.bsky.feed.like', record: { text: 'x' } } })],
    ['a text that is none', event({}, 7)],
    ['null', 'null'],
  ])('is no post: %s', (_, raw) => expect(firehosePost(raw)).toBeUndefined());
});

describe('counting the firehose', () => {
  const post = (seconds: number, author: string, text = 'tiktok is down') => ({
    timeUs: T0_US + seconds * 1_000_000,
    author,
    text,
  });
  const hear = (tally: FirehoseTally, ...posts: ReturnType<typeof post>[]) => {
    for (const one of posts) {
      tally.add(one);
      tally.pass(one.timeUs);
    }
  };

  it('counts each person once an hour', () => {
    const tally = new FirehoseTally([TIKTOK], T0_US - 1);
    hear(tally, post(1, 'a'), post(2, 'a'), post(3, 'b'), post(3_700, 'a'), post(3_701, 'c', 'hello'));
    expect(tally.take()?.counts).toEqual([
      { watchId: 'w1', hourAt: T0, count: 2 },
      { watchId: 'w1', hourAt: new Date(T0.getTime() + 3_600_000), count: 1 },
    ]);
  });

  it('knows how much of each hour it has heard, and gives it once', () => {
    const tally = new FirehoseTally([TIKTOK], T0_US - HOUR_US / 2);
    tally.pass(T0_US + 60_000_000);
    expect(tally.take()).toEqual({
      cursorUs: T0_US + 60_000_000,
      counts: [],
      covers: [
        { hourAt: new Date(T0.getTime() - 3_600_000), seconds: 1_800 },
        { hourAt: T0, seconds: 60 },
      ],
    });
    expect(tally.take()).toBeUndefined();
  });

  it('has heard nothing of the time before it joined without a place to go on from', () => {
    const tally = new FirehoseTally([TIKTOK], undefined);
    hear(tally, post(10, 'a'), post(20, 'b'));
    expect(tally.take()).toMatchObject({ covers: [{ hourAt: T0, seconds: 10 }], counts: [{ count: 2 }] });
  });

  it('leaves out what it was told before: the stream repeats the event it goes on from', () => {
    const tally = new FirehoseTally([TIKTOK], T0_US + 5_000_000);
    hear(tally, post(5, 'a'), post(6, 'b'));
    expect(tally.take()?.counts).toMatchObject([{ count: 1 }]);
  });

  it('reads only messages that can matter', () => {
    const tally = new FirehoseTally([TIKTOK], undefined);
    expect(tally.isRoughly(event())).toBe(true);
    expect(tally.isRoughly(event({}, 'good morning'))).toBe(false);
  });

  it('does not count hours for hours when the stream’s clock is off', () => {
    const tally = new FirehoseTally([TIKTOK], 1_000_000_000_000);
    tally.pass(T0_US);
    expect(tally.take()?.covers).toHaveLength(48);
  });
});
