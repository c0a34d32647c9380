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
    ['GET /unsubscribe/tok-en_1', 'GET /unsubscribe/[redacted]'],
    ['nothing secret here', 'nothing secret here'],
  ])('%s', (text, clean) => expect(scrub(text)).toBe(clean));
});
