import { describe, expect, it } from '@jest/globals';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { refusalIn } from './skylight.outcomes.js';
import { isSameRecord } from './skylight.record.js';

const now = new Date('2026-01-26T12:00:00Z');
const answer = (status: number, text: string, headers: Record<string, string> = {}): PlatformAnswer => ({
  kind: 'response',
  status,
  headers,
  text,
});
const failure = (status: number, error: string): PlatformAnswer =>
  answer(status, JSON.stringify({ error, message: 'm' }));
const refused = (category: string) => ({ kind: 'rejected', category });

describe('XRPC errors', () => {
  it.each([
    [400, 'InvalidRequest', refused('platform_rejected')],
    [400, 'InvalidRecord', refused('platform_rejected')],
    [400, 'BlobNotFound', { kind: 'unavailable' }],
    [400, 'ExpiredToken', { kind: 'unauthorised', reconnect: false }],
    [400, 'InvalidToken', { kind: 'unauthorised', reconnect: true }],
    [401, 'AuthenticationRequired', { kind: 'unauthorised', reconnect: true }],
    [401, 'AuthMissing', { kind: 'unauthorised', reconnect: true }],
    [401, 'AuthFactorTokenRequired', refused('account_issue')],
    [401, 'AccountTakedown', refused('account_issue')],
    [403, 'AccountDeactivated', refused('account_issue')],
    [400, 'RepoTakendown', refused('account_issue')],
    [413, 'PayloadTooLarge', refused('user_content')],
    [429, 'RateLimitExceeded', { kind: 'throttled', scope: 'account' }],
    [400, 'InvalidSwap', { kind: 'unknown' }],
    [500, 'InternalServerError', { kind: 'unknown' }],
    [502, 'UpstreamFailure', { kind: 'unknown' }],
    [400, 'NameNobodyDocumented', { kind: 'unknown', platformCode: 'NameNobodyDocumented' }],
  ])('%i %s', (status, error, expected) => {
    expect(refusalIn(failure(status, error), now)).toMatchObject({
      ...expected,
      httpStatus: status,
      platformCode: error,
    });
  });

  it('waits until ratelimit-reset', () => {
    const limited = answer(429, '{"error":"RateLimitExceeded"}', { 'ratelimit-reset': '1769429000' });
    expect(refusalIn(limited, now)).toMatchObject({ retryAt: new Date(1_769_429_000_000) });
  });

  it.each([
    ['HTML', 502, '<html>'],
    ['truncated JSON', 400, '{"error":"Inva'],
    ['a wrong type', 400, '{"error":5}'],
  ])('%s is unknown', (_name, status, text) => {
    expect(refusalIn(answer(status, text), now).kind).toBe('unknown');
  });

  it('a lost answer is unknown; a connection that never opened is not', () => {
    expect(refusalIn({ kind: 'no_answer', detail: 'x' }, now).kind).toBe('unknown');
    expect(refusalIn({ kind: 'not_sent', detail: 'x' }, now).kind).toBe('unavailable');
  });
});

describe('isSameRecord', () => {
  const ref = { $link: 'bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq' };
  const record = { text: 'a', createdAt: '2026-01-26T12:00:00.000Z', embed: { video: { ref } } };

  it('compares words, instant and video', () => {
    expect(isSameRecord({ ...record, langs: ['en'] }, record)).toBe(true);
    expect(isSameRecord({ ...record, text: 'b' }, record)).toBe(false);
    expect(isSameRecord({ ...record, createdAt: '2026-01-26T12:00:01.000Z' }, record)).toBe(false);
    expect(isSameRecord('garbage', record)).toBe(false);
  });
});
