import { describe, expect, it } from '@jest/globals';
import { scrub } from './logging.js';

describe('scrub', () => {
  it.each([
    ['Authorization: Bearer act.abc-123', 'Authorization: Bearer [redacted]'],
    [
      'https://up.example/video?upload_id=9&upload_token=s3cr3t',
      'https://up.example/video?upload_id=[redacted]&upload_token=[redacted]',
    ],
    ['key prn_live_ABCDEFGH_restofthesecret', 'key prn_live_ABCDEFGH[redacted]'],
    ['signed by whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw/+==', 'signed by whsec_[redacted]'],
    ['GET /unsubscribe/tok-en_1', 'GET /unsubscribe/[redacted]'],
    ['GET /handoff/AbC-12_x.Mac_9-z/media', 'GET /handoff/[redacted]/media'],
    [`GET /calendar/${'aB_-'.repeat(8)}.ics`, 'GET /calendar/[redacted].ics'],
    ['GET /v1/calendar/feeds', 'GET /v1/calendar/feeds'],
    ['GET /handoff/assets/page.js', 'GET /handoff/assets/page.js'],
    ['GET /hosted/ws-1/media-1/1769428800/sig_-9.mp4', 'GET /hosted/ws-1/media-1/1769428800/[redacted]'],
    ['POST https://api.telegram.org/bot110201:AAHdqTcv-x_9/getMe', 'POST https://api.telegram.org/bot[redacted]/getMe'],
    [
      'https://discord.com/api/v10/webhooks/12345/tok-en_9?wait=true',
      'https://discord.com/api/v10/webhooks/12345/[redacted]?wait=true',
    ],
    [
      'GET /v1/accounts/connect/reels/callback?state=st-1&code=AQ',
      'GET /v1/accounts/connect/reels/callback?state=[redacted]&code=[redacted]',
    ],
    ['?fb_exchange_token=EAAx&appsecret_proof=9f', '?fb_exchange_token=[redacted]&appsecret_proof=[redacted]'],
    [
      '?refresh_token=r&code_verifier=v&input_token=i',
      '?refresh_token=[redacted]&code_verifier=[redacted]&input_token=[redacted]',
    ],
    [
      'https://b.s3.amazonaws.com/a.mp4?X-Amz-Credential=AKIA&X-Amz-Signature=0f',
      'https://b.s3.amazonaws.com/a.mp4?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]',
    ],
    ['Authorization: Bot MTk4.abc-9', 'Authorization: Bot [redacted]'],
    ['{"kty":"EC","x":"f83O","d":"jpsQnnGQ"}', '{"kty":"EC","x":"f83O","d":"[redacted]"}'],
    ['the code=7 was refused, state=open', 'the code=7 was refused, state=open'],
    ['Forbidden: bot was blocked by the user', 'Forbidden: bot was blocked by the user'],
    ['nothing secret here', 'nothing secret here'],
  ])('%s', (text, clean) => expect(scrub(text)).toBe(clean));
});
