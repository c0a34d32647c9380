import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { type Moment, containerError, containerOutcome, readGraph } from './reels.outcomes.js';
import { pollDelayMs } from './reels.resume.js';

const now = new Date('2026-01-26T12:00:00Z');
const answer = (status: number, text: string, headers: Record<string, string> = {}): PlatformAnswer => ({
  kind: 'response',
  status,
  headers,
  text,
});
const failure = (code: number, subcode?: number, more: object = {}): PlatformAnswer =>
  answer(
    400,
    JSON.stringify({
      error: { message: 'm', type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'F', ...more },
    }),
  );
const read = (from: PlatformAnswer, moment: Moment) => readGraph(from, z.object({ id: z.string() }), { moment, now });
const kind = (from: PlatformAnswer, moment: Moment): string => read(from, moment).kind;

describe('Graph error codes: before and at media_publish', () => {
  it.each([
    [-2, 2207003, 'restart', 'unavailable'],
    [-2, 2207020, 'restart', 'unavailable'],
    [-1, 2207001, 'unavailable', 'unknown'],
    [-1, 2207032, 'restart', 'unknown'],
    [-1, 2207053, 'restart', 'unknown'],
    [1, 2207057, 'rejected', 'rejected'],
    [4, 2207051, 'throttled', 'unknown'],
    [9, 2207042, 'throttled', 'throttled'],
    [24, 2207006, 'restart', 'unknown'],
    [24, 2207008, 'restart', 'unknown'],
    [25, 2207050, 'rejected', 'rejected'],
    [100, 2207023, 'rejected', 'rejected'],
    [100, 2207028, 'rejected', 'rejected'],
    [100, 2207035, 'rejected', 'rejected'],
    [100, 2207036, 'rejected', 'rejected'],
    [100, 2207037, 'rejected', 'rejected'],
    [100, 2207040, 'rejected', 'rejected'],
    [352, 2207026, 'rejected', 'rejected'],
    [9004, 2207052, 'unavailable', 'unknown'],
    [9007, 2207027, 'unavailable', 'unavailable'],
    [36000, 2207004, 'rejected', 'rejected'],
    [36001, 2207005, 'rejected', 'rejected'],
    [36003, 2207009, 'rejected', 'rejected'],
    [36004, 2207010, 'rejected', 'rejected'],
    [-1, 2207076, 'restart', 'unknown'],
    [-1, 2207077, 'restart', 'unknown'],
    [-1, 2207082, 'restart', 'unknown'],
    [-1, 2207067, 'restart', 'unknown'],
    [100, 2207081, 'rejected', 'rejected'],
    [-1, 2207085, 'restart', 'unknown'],
    [1, undefined, 'unavailable', 'unknown'],
    [2, undefined, 'unavailable', 'unknown'],
    [4, undefined, 'throttled', 'throttled'],
    [17, undefined, 'throttled', 'throttled'],
    [32, undefined, 'throttled', 'throttled'],
    [613, undefined, 'throttled', 'throttled'],
    [80002, undefined, 'throttled', 'throttled'],
    [10, undefined, 'unauthorised', 'unauthorised'],
    [200, undefined, 'unauthorised', 'unauthorised'],
    [299, undefined, 'unauthorised', 'unauthorised'],
    [100, undefined, 'rejected', 'rejected'],
    [100, 33, 'unavailable', 'unknown'],
    [100, 999, 'unknown', 'unknown'],
    [102, undefined, 'unauthorised', 'unauthorised'],
    [190, undefined, 'unauthorised', 'unauthorised'],
    [341, undefined, 'throttled', 'throttled'],
    [368, undefined, 'throttled', 'throttled'],
    [506, undefined, 'rejected', 'unknown'],
    [77777, undefined, 'unknown', 'unknown'],
  ])('%i / %s: %s, %s', (code, subcode, prepare, publish) => {
    expect(kind(failure(code, subcode), 'prepare')).toBe(prepare);
    expect(kind(failure(code, subcode), 'publish')).toBe(publish);
  });

  it.each([
    [458, true],
    [459, true],
    [460, true],
    [463, false],
    [464, true],
    [467, false],
    [492, true],
    [undefined, false],
  ])('190 / %s asks to reconnect: %s', (subcode, reconnect) => {
    expect(read(failure(190, subcode), 'publish')).toMatchObject({ kind: 'unauthorised', reconnect });
  });

  it('a transient error is the platform on a create, and unclear on a publish', () => {
    expect(kind(failure(77777, undefined, { is_transient: true }), 'prepare')).toBe('unavailable');
    expect(kind(failure(77777, undefined, { is_transient: true }), 'publish')).toBe('unknown');
  });

  it('keeps code, subcode and support id', () => {
    expect(read(failure(9, 2207042), 'publish')).toMatchObject({
      platformCode: '9/2207042',
      requestId: 'F',
      httpStatus: 400,
    });
  });

  it('waits as long as the usage header says, in minutes', () => {
    const usage = JSON.stringify({
      '178': [{ type: 'instagram', call_count: 100, estimated_time_to_regain_access: 7 }],
    });
    const throttled = answer(400, '{"error":{"code":4}}', { 'x-business-use-case-usage': usage });
    expect(read(throttled, 'prepare')).toMatchObject({ kind: 'throttled', retryAt: new Date('2026-01-26T12:07:00Z') });
  });

  it.each([
    ['HTML', 502, '<html>'],
    ['truncated JSON', 200, '{"id":"1800'],
    ['a wrong type', 200, '{"id":{}}'],
    ['an error of a wrong type', 400, '{"error":"4"}'],
    ['5xx', 503, ''],
  ])('%s is unknown', (_name, status, text) => {
    expect(kind(answer(status, text), 'publish')).toBe('unknown');
  });

  it('a lost answer is unknown; a connection that never opened is not', () => {
    expect(kind({ kind: 'no_answer', detail: 'x' }, 'publish')).toBe('unknown');
    expect(kind({ kind: 'not_sent', detail: 'x' }, 'publish')).toBe('unavailable');
  });
});

describe('containers', () => {
  it.each([
    ['PUBLISHED', 'inconclusive'],
    ['FINISHED', 'absent'],
    ['EXPIRED', 'absent'],
    ['ERROR', 'absent'],
    ['IN_PROGRESS', 'processing'],
    ['SOMETHING_NEW', 'inconclusive'],
  ])('%s after an unclear publish: %s', (status_code, expected) => {
    expect(containerOutcome({ status_code }).kind).toBe(expected);
  });

  it('reads the subcode out of the error text', () => {
    const status = 'Error: Media upload has failed with error code 2207026';
    expect(containerError({ status_code: 'ERROR', status })).toMatchObject({
      kind: 'rejected',
      category: 'user_content',
    });
    expect(containerError({ status_code: 'ERROR', status: 'Error: something' })).toBe('restart');
  });

  it('are polled for an hour', () => {
    let waitedMs = 0;
    let polls = 0;
    for (let ms = pollDelayMs(0); ms !== undefined; ms = pollDelayMs((polls += 1))) waitedMs += ms;
    expect(waitedMs).toBe(3_600_000);
  });
});
