import type { Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { Dialect } from '../http/service.js';

const DAY_SECONDS = 86_400;
const WINDOW_SECONDS = 300;

export const xrpcError = (status: number, error: string, message: string): Reply => json(status, { error, message });

/** No `retry-after` on this protocol: `ratelimit-reset` holds the end of the window in Unix seconds. */
const limited = (seconds: number): Reply =>
  json(
    429,
    { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' },
    {
      'ratelimit-limit': '3000',
      'ratelimit-remaining': '0',
      'ratelimit-reset': String(Math.floor(Date.now() / 1000) + seconds),
      'ratelimit-policy': `3000;w=${seconds}`,
    },
  );

/** What the PDS says to an access token whose time is over (both measured on 0.5.35). */
export const deadToken = (isDpopBound: boolean): Reply =>
  isDpopBound
    ? json(
        401,
        { error: 'invalid_token', message: 'Invalid token' },
        { 'www-authenticate': 'DPoP algs="ES256", error="invalid_token"' },
      )
    : xrpcError(400, 'ExpiredToken', 'Token has expired');

const DAILY_LIMIT = 'User has exceeded their daily upload limit';

const videoCap = (step: string, code = 'upload_limit_exceeded'): Reply =>
  step === 'video-limits'
    ? json(200, { canUpload: false, error: code, message: code === 'upload_limit_exceeded' ? DAILY_LIMIT : code })
    : xrpcError(400, code, code === 'upload_limit_exceeded' ? DAILY_LIMIT : code);

/** Faults in AT Protocol's words. */
export const skylightDialect: Dialect = {
  error: (status, step) =>
    step === 'token' || step === 'par'
      ? json(status, { error: 'server_error', error_description: 'Internal Server Error' })
      : status === 500
        ? xrpcError(500, 'InternalServerError', 'Internal Server Error')
        : xrpcError(status, 'UpstreamFailure', 'Upstream Failure'),
  rate: () => limited(WINDOW_SECONDS),
  cap: (step, code) => {
    if (step === 'video-limits' || step === 'video-upload') return videoCap(step, code);
    return step === 'put' || step === 'blob' ? limited(DAY_SECONDS) : undefined;
  },
  notFound: () => xrpcError(404, 'NotFound', 'Not Found'),
};
