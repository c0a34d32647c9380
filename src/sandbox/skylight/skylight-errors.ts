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

/** Faults in AT Protocol's words. */
export const skylightDialect: Dialect = {
  error: (status) =>
    status === 500
      ? xrpcError(500, 'InternalServerError', 'Internal Server Error')
      : xrpcError(status, 'UpstreamFailure', 'Upstream Failure'),
  rate: () => limited(WINDOW_SECONDS),
  cap: (step) => (step === 'put' || step === 'blob' ? limited(DAY_SECONDS) : undefined),
  notFound: () => xrpcError(404, 'NotFound', 'Not Found'),
};
