import type { Reply } from '../http/call.js';
import type { Dialect } from '../http/service.js';
import type { World } from '../world/world.js';

/** TikTok's answers: `{"data":…,"error":{code,message,log_id}}`; success is the code `ok`, not the HTTP status. */
export class TikTokEnvelope {
  constructor(private readonly world: World) {}

  /** @param data JSON text, because post ids are 64-bit numbers that JavaScript cannot write */
  ok(data: string): Reply {
    return this.answer(200, data, 'ok');
  }

  refuse(status: number, code: string, message = code.replaceAll('_', ' ')): Reply {
    return this.answer(status, '{}', code, message);
  }

  private answer(status: number, data: string, code: string, message = ''): Reply {
    const logId = `2026${this.world.ids.word(28).toUpperCase()}`;
    return {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8', 'x-tt-logid': logId },
      body: `{"data":${data},"error":${JSON.stringify({ code, message, log_id: logId })}}`,
    };
  }
}

/** Faults in TikTok's words. Blocking conditions come as HTTP 200 from creator_info and as 403 from init. */
export const tiktokDialect = (envelope: TikTokEnvelope): Dialect => ({
  error: (status, step) =>
    step === 'oauth'
      ? {
          status,
          headers: { 'content-type': 'application/json' },
          body: '{"error":"server_error","error_description":"Something went wrong.","log_id":"20260126"}',
        }
      : envelope.refuse(status, 'internal_error', 'Something is wrong. Please try again later.'),
  rate: () => envelope.refuse(429, 'rate_limit_exceeded', 'The API rate limit was exceeded. Please try again later.'),
  cap: (step, code = 'spam_risk_too_many_posts') => {
    if (step === 'creator_info') return envelope.refuse(200, code);
    return step === 'init' ? envelope.refuse(403, code) : undefined;
  },
  notFound: () => envelope.refuse(404, 'invalid_param', 'Unsupported path. Paths end with a slash.'),
});
