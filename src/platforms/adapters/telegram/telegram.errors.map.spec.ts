import { describe, expect, it } from '@jest/globals';
import { beforeCommit } from '../../domain/refusal.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import * as answers from './telegram.answers.js';
import { flat, readTelegram } from './telegram.outcomes.js';

const now = new Date('2026-01-26T12:00:00Z');
const TOKEN = '7000000001:a-token-that-is-a-secret';
const response = (status: number, text: string): PlatformAnswer => ({ kind: 'response', status, headers: {}, text });
const failure = (code: number, description: string, parameters?: object) =>
  response(code, JSON.stringify({ ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) }));
const read = (answer: PlatformAnswer) => readTelegram(answer, answers.message, { now, secret: TOKEN });
const both = (answer: PlatformAnswer) => {
  const commit = read(answer);
  return commit.kind === 'ok' ? ['ok', 'ok'] : [beforeCommit(flat(commit)).kind, flat(commit).kind];
};

describe('Telegram’s answers', () => {
  it.each([
    [400, 'Bad Request: message caption is too long', 'rejected', 'rejected'],
    [400, "Bad Request: can't parse entities", 'rejected', 'rejected'],
    [400, 'Bad Request: wrong file identifier/HTTP URL specified', 'rejected', 'rejected'],
    [400, 'Bad Request: chat not found', 'unauthorised', 'unauthorised'],
    [401, 'Unauthorized', 'unauthorised', 'unauthorised'],
    [403, 'Forbidden: bot was kicked from the channel chat', 'unauthorised', 'unauthorised'],
    [404, 'Not Found', 'unauthorised', 'unauthorised'],
    [409, 'Conflict: terminated by other getUpdates request', 'unavailable', 'unavailable'],
    [413, 'Request Entity Too Large', 'rejected', 'rejected'],
    [429, 'Too Many Requests: retry after 7', 'throttled', 'throttled'],
    [418, 'Something new', 'unavailable', 'unknown'],
    [500, 'Internal Server Error', 'unavailable', 'unknown'],
    [502, 'Bad Gateway', 'unavailable', 'unknown'],
  ])('%i %s: %s before the send, %s on it', (code, description, before, commit) => {
    expect(both(failure(code, description))).toEqual([before, commit]);
  });

  it('say how long to wait, in whole seconds', () => {
    expect(read(failure(429, 'Too Many Requests: retry after 7', { retry_after: 7 }))).toMatchObject({
      kind: 'throttled',
      retryAt: new Date(now.getTime() + 7_000),
    });
  });

  it('name the new id of a group that moved, and sent nothing', () => {
    const moved = failure(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: -1001234567890 });
    expect(read(moved)).toMatchObject({ kind: 'moved', chatId: '-1001234567890' });
    expect(both(moved)).toEqual(['unavailable', 'unavailable']);
  });

  it('ask for a new connection when token or chat is dead', () => {
    expect(read(failure(401, 'Unauthorized'))).toMatchObject({ kind: 'unauthorised', reconnect: true });
  });

  it.each([
    ['HTML with 200', response(200, '<html><body>Moved')],
    ['truncated JSON', response(200, '{"ok":true,"result":{"message_id":1')],
    ['wrong types', response(200, '{"ok":true,"result":{"message_id":"x","date":1}}')],
    ['ok without a result', response(200, '{"ok":true}')],
    ['an edge’s 502', response(502, '<html>')],
    ['no answer', { kind: 'no_answer', detail: 'reset' } as const],
  ])('%s is unknown on the send and unavailable before it', (_name, answer) => {
    expect(both(answer)).toEqual(['unavailable', 'unknown']);
  });

  it('a connection that never opened sent nothing', () => {
    expect(both({ kind: 'not_sent', detail: 'refused' })).toEqual(['unavailable', 'unavailable']);
  });

  it('never repeat the token', () => {
    const told = [failure(400, `bad /bot${TOKEN}/x`), { kind: 'no_answer', detail: `/bot${TOKEN}/sendVideo` } as const];
    for (const answer of told) expect(JSON.stringify(read(answer))).not.toContain(TOKEN);
  });
});
