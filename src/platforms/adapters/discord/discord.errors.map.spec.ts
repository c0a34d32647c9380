import { describe, expect, it } from '@jest/globals';
import { beforeCommit } from '../../domain/refusal.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import * as answers from './discord.answers.js';
import { readDiscord } from './discord.outcomes.js';

const now = new Date('2026-01-26T12:00:00Z');
const TOKEN = 'a-token-that-is-a-secret';
const response = (status: number, text: string, headers: Record<string, string> = {}): PlatformAnswer => ({
  kind: 'response',
  status,
  headers,
  text,
});
const failure = (status: number, code: number) => response(status, JSON.stringify({ message: 'No', code }));
const read = (answer: PlatformAnswer) => readDiscord(answer, answers.message, { now, secret: TOKEN });
const both = (answer: PlatformAnswer) => {
  const commit = read(answer);
  return [commit.kind === 'ok' ? 'ok' : beforeCommit(commit).kind, commit.kind];
};

describe('Discord’s answers', () => {
  it.each([
    [404, 10015, 'unauthorised', 'unauthorised'],
    [401, 50027, 'unauthorised', 'unauthorised'],
    [404, 10003, 'unauthorised', 'unauthorised'],
    [401, 0, 'unauthorised', 'unauthorised'],
    [403, 50001, 'unauthorised', 'unauthorised'],
    [403, 50013, 'unauthorised', 'unauthorised'],
    [400, 50006, 'rejected', 'rejected'],
    [400, 50035, 'rejected', 'rejected'],
    [413, 40005, 'rejected', 'rejected'],
    [400, 220001, 'rejected', 'rejected'],
    [400, 220002, 'rejected', 'rejected'],
    [400, 240000, 'rejected', 'rejected'],
    [403, 20016, 'throttled', 'throttled'],
    [403, 20028, 'throttled', 'throttled'],
    [403, 20029, 'throttled', 'throttled'],
    [503, 130000, 'unavailable', 'unavailable'],
    [400, 99999, 'unavailable', 'unknown'],
    [400, 0, 'unavailable', 'unknown'],
    [500, 0, 'unavailable', 'unknown'],
  ])('HTTP %i, code %i: %s before the message, %s on it', (status, code, before, commit) => {
    expect(both(failure(status, code))).toEqual([before, commit]);
  });

  it('stop using an address that is dead: only a new connection helps', () => {
    for (const [status, code] of [
      [404, 10015],
      [401, 50027],
      [401, 0],
    ] as const)
      expect(read(failure(status, code))).toMatchObject({ kind: 'unauthorised', reconnect: true });
  });

  it('say how long to wait, in seconds with a fraction; the longest hint counts', () => {
    const body = '{"message":"You are being rate limited.","retry_after":0.65,"global":false}';
    const limited = (headers: Record<string, string> = {}) => read(response(429, body, headers));
    expect(limited()).toMatchObject({ kind: 'throttled', scope: 'account', retryAt: new Date(now.getTime() + 650) });
    expect(limited({ 'retry-after': '3' })).toMatchObject({ retryAt: new Date(now.getTime() + 3_000) });
    expect(limited({ 'x-ratelimit-reset-after': '1.5' })).toMatchObject({ retryAt: new Date(now.getTime() + 1_500) });
    expect(limited({ 'x-ratelimit-global': 'true' })).toMatchObject({ scope: 'app' });
  });

  it.each([
    ['HTML with 200', response(200, '<html><body>Moved')],
    ['truncated JSON', response(200, '{"id":"133')],
    ['wrong types', response(200, '{"id":{},"channel_id":"1","timestamp":"x"}')],
    ['204, as without wait', response(204, '')],
    ['a redirect', response(302, '', { location: 'http://10.0.0.1/' })],
    ['an edge’s 429 page', response(429, '<html>Too many')],
    ['an edge’s 502', response(502, '<html>')],
    ['no answer', { kind: 'no_answer', detail: 'reset' } as const],
  ])('%s is unknown on the message and unavailable before it', (_name, answer) => {
    expect(both(answer)).toEqual(['unavailable', 'unknown']);
  });

  it('a connection that never opened sent nothing', () => {
    expect(both({ kind: 'not_sent', detail: 'refused' })).toEqual(['unavailable', 'unavailable']);
  });

  it('never repeat the secret of an address', () => {
    const told = read(response(400, JSON.stringify({ code: 50035, message: `/webhooks/1/${TOKEN} is bad` })));
    expect(JSON.stringify(told)).not.toContain(TOKEN);
    expect(JSON.stringify(read({ kind: 'no_answer', detail: `POST /webhooks/1/${TOKEN}` }))).not.toContain(TOKEN);
  });
});
