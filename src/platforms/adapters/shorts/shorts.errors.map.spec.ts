import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { nextPacificMidnight } from './pacific-midnight.js';
import { SHORTS_VIDEO_REASONS } from './shorts.errors.map.js';
import { oauthRefusal, readAnswer, sessionState, videoOutcome } from './shorts.outcomes.js';

const now = new Date('2026-01-26T12:00:00Z');
const answer = (status: number, text: string, headers: Record<string, string> = {}): PlatformAnswer => ({
  kind: 'response',
  status,
  headers,
  text,
});
const failure = (status: number, reason: string): PlatformAnswer =>
  answer(
    status,
    JSON.stringify({ error: { code: status, message: 'm', errors: [{ message: 'm', domain: 'd', reason }] } }),
  );
const read = (from: PlatformAnswer) => readAnswer(from, z.object({}), now);
const refused = (category: string) => ({ kind: 'rejected', category });

describe('YouTube error reasons', () => {
  it.each([
    [400, 'invalidTitle', refused('user_content')],
    [400, 'invalidDescription', refused('user_content')],
    [400, 'invalidTags', refused('user_content')],
    [400, 'invalidCategoryId', refused('user_content')],
    [400, 'invalidPublishAt', refused('user_content')],
    [400, 'invalidVideoMetadata', refused('user_content')],
    [400, 'invalidFilename', refused('platform_rejected')],
    [400, 'invalidRecordingDetails', refused('platform_rejected')],
    [400, 'invalidVideoGameRating', refused('platform_rejected')],
    [400, 'defaultLanguageNotSet', refused('platform_rejected')],
    [400, 'mediaBodyRequired', refused('platform_rejected')],
    [400, 'badRequest', refused('platform_rejected')],
    [400, 'uploadLimitExceeded', { kind: 'throttled', scope: 'account', retryAt: new Date('2026-01-27T12:00:00Z') }],
    [401, 'authError', { kind: 'unauthorised', reconnect: false }],
    [401, 'youtubeSignupRequired', refused('account_issue')],
    [403, 'quotaExceeded', { kind: 'throttled', scope: 'app', retryAt: new Date('2026-01-27T08:00:00Z') }],
    [403, 'dailyLimitExceeded', { kind: 'throttled', scope: 'app', retryAt: new Date('2026-01-27T08:00:00Z') }],
    [403, 'rateLimitExceeded', { kind: 'throttled', scope: 'app' }],
    [403, 'userRateLimitExceeded', { kind: 'throttled', scope: 'account' }],
    [429, 'uploadRateLimitExceeded', { kind: 'throttled', scope: 'account' }],
    [403, 'accessNotConfigured', refused('platform_rejected')],
    [403, 'insufficientPermissions', { kind: 'unauthorised', reconnect: true }],
    [403, 'forbidden', refused('platform_rejected')],
    [403, 'forbiddenLicenseSetting', refused('user_content')],
    [403, 'forbiddenPrivacySetting', refused('user_content')],
    [403, 'authenticatedUserAccountClosed', refused('account_issue')],
    [403, 'authenticatedUserAccountSuspended', refused('account_issue')],
    [403, 'channelClosed', refused('account_issue')],
    [403, 'channelSuspended', refused('account_issue')],
    [404, 'videoNotFound', refused('platform_rejected')],
    [404, 'playlistNotFound', refused('platform_rejected')],
    [404, 'channelNotFound', refused('platform_rejected')],
    [500, 'backendError', { kind: 'unknown' }],
    [500, 'internalError', { kind: 'unknown' }],
    [503, 'SERVICE_UNAVAILABLE', { kind: 'unknown' }],
    [403, 'aReasonNobodyDocumented', { kind: 'unknown', platformCode: 'aReasonNobodyDocumented' }],
  ])('%i %s', (status, reason, expected) => {
    expect(read(failure(status, reason))).toMatchObject({ ...expected, httpStatus: status, platformCode: reason });
  });

  it('falls back to error.status, and to Google JSON with a bare 401', () => {
    expect(read(answer(401, '{"error":{"status":"UNAUTHENTICATED"}}'))).toMatchObject({
      kind: 'unauthorised',
      reconnect: false,
    });
    expect(read(answer(401, '{"error":{"code":401}}'))).toMatchObject({ kind: 'unauthorised' });
    const exhausted = answer(403, '{"error":{"status":"RESOURCE_EXHAUSTED","details":[{}]}}');
    expect(read(exhausted)).toMatchObject({ kind: 'throttled', scope: 'app' });
    expect(read(answer(429, '{"error":{"code":429}}'))).toMatchObject({ kind: 'throttled', scope: 'account' });
  });

  it.each([
    ['HTML', 502, '<html>'],
    ['a 401 page that Google did not write', 401, '<html>sign in to the proxy</html>'],
    ['truncated JSON', 400, '{"error":{"errors":[{"rea'],
    ['a wrong type', 403, '{"error":"quotaExceeded"}'],
    ['an unreadable success', 200, '{"items"'],
  ])('%s is unknown', (_name, status, text) => {
    expect(read(answer(status, text)).kind).toBe('unknown');
  });
});

describe('YouTube upload session', () => {
  it.each([
    ['bytes=0-262143', 262_144],
    [undefined, 0],
    ['garbage', 0],
  ])('308 with Range %s continues at %i', (range, nextOffset) => {
    const headers: Record<string, string> = range === undefined ? {} : { range };
    expect(sessionState(answer(308, '', headers), now)).toEqual({ kind: 'incomplete', nextOffset });
  });

  it.each([
    [200, '{"id":"abc","status":{"uploadStatus":"uploaded"}}', 'complete'],
    [201, '{"id":"abc"}', 'complete'],
    [200, '<html>', 'unknown'],
    [200, '{"id":5}', 'unknown'],
    [404, '', 'gone'],
    [410, '', 'gone'],
    [429, '', 'unknown'],
    [500, '', 'unknown'],
    [503, '<html>', 'unknown'],
  ])('%i %s', (status, text, kind) => {
    expect(sessionState(answer(status, text), now).kind).toBe(kind);
  });

  it('a lost answer is unknown, a connection that never opened is not', () => {
    expect(sessionState({ kind: 'no_answer', detail: 'x' }, now).kind).toBe('unknown');
    expect(sessionState({ kind: 'not_sent', detail: 'x' }, now).kind).toBe('unavailable');
  });
});

describe('YouTube video state', () => {
  it.each([
    ['processed', 'published'],
    ['uploaded', 'processing'],
    ['deleted', 'rejected'],
    ['somethingNew', 'processing'],
  ])('%s: %s', (uploadStatus, kind) => {
    expect(videoOutcome({ id: 'abc', status: { uploadStatus } }).kind).toBe(kind);
  });

  it.each([...SHORTS_VIDEO_REASONS])('rejected for %s: %s', (rejectionReason, category) => {
    const seen = { id: 'abc', status: { uploadStatus: 'rejected', rejectionReason } };
    expect(videoOutcome(seen)).toMatchObject({ kind: 'rejected', category, platformCode: rejectionReason });
  });

  it('tells the user when YouTube forced another privacy', () => {
    const seen = { id: 'abc', status: { uploadStatus: 'processed', privacyStatus: 'private' } };
    const forced = videoOutcome(seen, 'public');
    expect(forced).toMatchObject({ kind: 'published', platformPostId: 'abc' });
    expect(forced).toHaveProperty('notices', [expect.stringMatching(/Asked for public.*made the video private/)]);
    expect(videoOutcome(seen, 'private')).not.toHaveProperty('notices');
  });

  it.each(['processing', 'succeeded', 'failed', 'terminated'])(
    'goes by uploadStatus while processingStatus says %s',
    (processingStatus) => {
      const seen = { id: 'abc', status: { uploadStatus: 'uploaded' }, processingDetails: { processingStatus } };
      expect(videoOutcome(seen)).toMatchObject({ kind: 'processing', platformPostId: 'abc', detail: processingStatus });
    },
  );

  it.each(['uploadFailed', 'transcodeFailed', 'streamingFailed', 'other'])(
    'says why processing failed: %s',
    (processingFailureReason) => {
      const status = { uploadStatus: 'failed', failureReason: 'conversion' };
      const seen = { id: 'abc', status, processingDetails: { processingStatus: 'failed', processingFailureReason } };
      expect(videoOutcome(seen)).toMatchObject({ ...refused('user_content'), detail: processingFailureReason });
    },
  );
});

describe('Google token endpoint', () => {
  it.each([
    [
      400,
      '{"error":"invalid_grant","error_description":"Token has been expired or revoked."}',
      { kind: 'unauthorised', reconnect: true },
    ],
    [401, '{"error":"invalid_client"}', refused('platform_rejected')],
    [400, '{"error":"redirect_uri_mismatch"}', refused('platform_rejected')],
    [500, '{"error":"internal_failure"}', { kind: 'unavailable' }],
    [400, '{"error":"never_seen"}', { kind: 'unavailable' }],
    [503, '<html>', { kind: 'unavailable' }],
  ])('%i %s', (status, text, expected) => {
    expect(oauthRefusal(answer(status, text), now)).toMatchObject(expected);
  });
});

describe('nextPacificMidnight', () => {
  it.each([
    ['2026-01-26T07:59:59Z', '2026-01-26T08:00:00.000Z'],
    ['2026-01-26T08:00:00Z', '2026-01-27T08:00:00.000Z'],
    ['2026-03-08T12:00:00Z', '2026-03-09T07:00:00.000Z'],
    ['2026-11-01T12:00:00Z', '2026-11-02T08:00:00.000Z'],
  ])('after %s comes %s', (at, expected) => {
    expect(nextPacificMidnight(new Date(at)).toISOString()).toBe(expected);
  });
});
