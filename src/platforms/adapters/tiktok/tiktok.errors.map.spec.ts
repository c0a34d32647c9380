import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import { status as statusShape } from './tiktok.answers.js';
import { TIKTOK_FAIL_REASONS } from './tiktok.errors.map.js';
import { oauthRefusal, readEnvelope } from './tiktok.outcomes.js';
import { TikTokReader } from './tiktok.reader.js';
import { checkOutcome, commitOutcome } from './tiktok.reading.js';

const now = new Date('2026-01-26T12:00:00Z');
const answer = (status: number, text: string): PlatformAnswer => ({
  kind: 'response',
  status,
  headers: { 'x-tt-logid': 'L1' },
  text,
});
const failure = (status: number, code: string): PlatformAnswer =>
  answer(status, JSON.stringify({ data: {}, error: { code, message: 'm', log_id: 'L2' } }));
const read = (from: PlatformAnswer) => readEnvelope(from, z.object({}), now);
const later = (ms: number): Date => new Date(now.getTime() + ms);

describe('TikTok error codes', () => {
  it.each([
    [400, 'invalid_param', { kind: 'rejected', category: 'platform_rejected' }],
    [400, 'invalid_params', { kind: 'rejected', category: 'platform_rejected' }],
    [400, 'app_version_check_failed', { kind: 'rejected', category: 'account_issue' }],
    [401, 'access_token_invalid', { kind: 'unauthorised', reconnect: false }],
    [401, 'scope_not_authorized', { kind: 'unauthorised', reconnect: true }],
    [400, 'scope_permission_missed', { kind: 'unauthorised', reconnect: true }],
    [403, 'spam_risk_too_many_posts', { kind: 'throttled', scope: 'account', retryAt: later(86_400_000) }],
    [200, 'spam_risk_too_many_posts', { kind: 'throttled', scope: 'account' }],
    [403, 'spam_risk_user_banned_from_posting', { kind: 'rejected', category: 'account_issue' }],
    [200, 'spam_risk_user_banned_from_posting', { kind: 'rejected', category: 'account_issue' }],
    [403, 'reached_active_user_cap', { kind: 'throttled', scope: 'app' }],
    [200, 'reached_active_user_cap', { kind: 'throttled', scope: 'app' }],
    [403, 'unaudited_client_can_only_post_to_private_accounts', { kind: 'rejected', category: 'account_issue' }],
    [403, 'url_ownership_unverified', { kind: 'rejected', category: 'platform_rejected' }],
    [403, 'privacy_level_option_mismatch', { kind: 'rejected', category: 'user_content' }],
    [403, 'spam_risk_too_many_pending_share', { kind: 'throttled', scope: 'account' }],
    [429, 'rate_limit_exceeded', { kind: 'throttled', scope: 'account', retryAt: later(60_000) }],
    [500, 'internal_error', { kind: 'unavailable' }],
    [418, 'a_code_nobody_documented', { kind: 'unknown', platformCode: 'a_code_nobody_documented' }],
  ])('%i %s', (status, code, expected) => {
    expect(read(failure(status, code))).toMatchObject({ ...expected, httpStatus: status, requestId: 'L2' });
  });

  it.each([
    ['HTML', '<html>502</html>'],
    ['truncated JSON', '{"data":{"publish_id"'],
    ['a wrong type', '{"data":{},"error":{"code":5}}'],
    ['nothing', ''],
  ])('%s is unknown and carries the support id', (_name, text) => {
    expect(read(answer(200, text))).toMatchObject({ kind: 'unknown', requestId: 'L1' });
  });

  it('an ok without the documented fields is unknown', () => {
    const empty = answer(200, '{"data":{},"error":{"code":"ok"}}');
    expect(readEnvelope(empty, statusShape, now)).toMatchObject({ kind: 'unknown', platformCode: 'ok' });
  });
});

describe('what no table of TikTok knows', () => {
  it('is counted by call and literal code, and what is known is not', () => {
    const codes = new UnknownCodes();
    const reader = new TikTokReader({ now: () => now }, codes);
    for (const from of [failure(418, 'a_new_code'), failure(418, 'a_new_code'), answer(502, '<html>')])
      expect(reader.read('init', from, z.object({})).kind).toBe('unknown');
    reader.read('init', failure(403, 'spam_risk_too_many_posts'), z.object({}));
    reader.read('init', { kind: 'no_answer', detail: 'reset' }, z.object({}));
    expect(codes.counts()).toEqual({ 'tiktok init a_new_code': 2, 'tiktok init HTTP 502': 1 });
  });
});

describe('TikTok token endpoint', () => {
  it.each([
    ['invalid_grant', { kind: 'unauthorised', reconnect: true }],
    ['access_denied', { kind: 'unauthorised', reconnect: true }],
    ['server_error', { kind: 'unavailable' }],
    ['temporarily_unavailable', { kind: 'unavailable' }],
    ['invalid_request', { kind: 'rejected', category: 'platform_rejected' }],
    ['invalid_client', { kind: 'rejected', category: 'platform_rejected' }],
    ['unauthorized_client', { kind: 'rejected', category: 'platform_rejected' }],
    ['unsupported_grant_type', { kind: 'rejected', category: 'platform_rejected' }],
    ['unsupported_response_type', { kind: 'rejected', category: 'platform_rejected' }],
    ['invalid_scope', { kind: 'rejected', category: 'platform_rejected' }],
    ['never_seen', { kind: 'unavailable' }],
  ])('%s, with HTTP 200', (error, expected) => {
    expect(oauthRefusal(answer(200, JSON.stringify({ error, error_description: 'd' })), now)).toMatchObject(expected);
  });

  it('a failing token endpoint is never a disconnect', () => {
    expect(oauthRefusal(answer(503, '<html>'), now)).toMatchObject({ kind: 'unavailable', httpStatus: 503 });
  });
});

const token = {
  source: 'file' as const,
  handle: 'v_pub_file~1',
  secretUploadUrl: 'http://u.example/',
  size: 100,
  nextOffset: 0,
  restarts: 0,
  urlExpiresAt: later(1000).toISOString(),
  username: 'mara',
};
const status = (data: object, at = now) =>
  checkOutcome(readEnvelope(answer(200, JSON.stringify({ data, error: { code: 'ok' } })), statusShape, at), token, at);

describe('TikTok status', () => {
  it.each([
    ['an id beyond 2^53', '[7460000000000000999]', '7460000000000000999'],
    ['a bare number', '7460000000000000999', '7460000000000000999'],
    ['a bare string', '"7460000000000000999"', '7460000000000000999'],
  ])('PUBLISH_COMPLETE with %s keeps every digit', (_name, ids, expected) => {
    const text = `{"data":{"status":"PUBLISH_COMPLETE","publicaly_available_post_id":${ids}},"error":{"code":"ok"}}`;
    const found = checkOutcome(readEnvelope(answer(200, text), statusShape, now), token, now);
    const permalink = `https://www.tiktok.com/@mara/video/${expected}`;
    expect(found).toMatchObject({ kind: 'published', platformPostId: expected, permalink });
  });

  it('PUBLISH_COMPLETE without an id is published, link pending', () => {
    const found = status({ status: 'PUBLISH_COMPLETE', publicaly_available_post_id: [] });
    expect(found).toEqual({ kind: 'published', platformCode: 'PUBLISH_COMPLETE' });
  });

  it('all bytes there means processing', () => {
    expect(status({ status: 'PROCESSING_UPLOAD', uploaded_bytes: 100 })).toMatchObject({ kind: 'processing' });
  });

  it('missing bytes prove absence only once the URL is dead', () => {
    expect(status({ status: 'PROCESSING_UPLOAD', uploaded_bytes: 50 })).toMatchObject({ kind: 'inconclusive' });
    expect(status({ status: 'PROCESSING_UPLOAD', uploaded_bytes: 50 }, later(1000))).toMatchObject({ kind: 'absent' });
  });

  it.each([...TIKTOK_FAIL_REASONS])('FAILED with %s', (reason, meaning) => {
    const expected = meaning === 'absent' ? { kind: 'absent' } : { ...meaning };
    expect(status({ status: 'FAILED', fail_reason: reason })).toMatchObject({ ...expected, platformCode: reason });
  });

  it('FAILED with a reason nobody documented is refused with the literal reason', () => {
    expect(status({ status: 'FAILED', fail_reason: 'new_one' })).toMatchObject({
      kind: 'rejected',
      platformCode: 'new_one',
    });
  });

  it('a status nobody documented decides nothing', () => {
    expect(status({ status: 'SOMETHING_NEW' })).toMatchObject({ kind: 'inconclusive' });
  });

  it.each([
    ['invalid_publish_id', 400, 'inconclusive'],
    ['token_not_authorized_for_specified_publish_id', 400, 'inconclusive'],
    ['access_token_invalid', 401, 'unauthorised'],
    ['rate_limit_exceeded', 429, 'unavailable'],
    ['internal_error', 500, 'unavailable'],
    ['never_seen', 400, 'unavailable'],
  ])('%s while polling', (code, httpStatus, kind) => {
    expect(checkOutcome(readEnvelope(failure(httpStatus, code), statusShape, now), token, now).kind).toBe(kind);
  });
});

describe('TikTok last chunk', () => {
  it.each([
    [201, false, 'processing'],
    [206, false, 'unknown'],
    [400, false, 'rejected'],
    [403, false, 'unknown'],
    [403, true, 'unavailable'],
    [404, true, 'unknown'],
    [416, false, 'unknown'],
    [500, false, 'unknown'],
    [503, false, 'unknown'],
  ])('HTTP %i, URL expired %s: %s', (httpStatus, isExpired, kind) => {
    expect(commitOutcome(answer(httpStatus, ''), { isExpired }).kind).toBe(kind);
  });

  it('a connection that never opened is not sent; a lost answer is unknown', () => {
    expect(commitOutcome({ kind: 'not_sent', detail: 'x' }, { isExpired: false }).kind).toBe('unavailable');
    expect(commitOutcome({ kind: 'no_answer', detail: 'x' }, { isExpired: false }).kind).toBe('unknown');
  });
});
