import type { Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { Dialect } from '../http/service.js';

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

/** Google's error body; clients decide by `errors[0].reason`. */
export const youtubeError = (status: number, reason: string, message: string, domain = 'youtube.video'): Reply =>
  json(status, {
    error: { code: status, message, errors: [{ message, domain, reason }], status: STATUS_NAMES[status] ?? 'UNKNOWN' },
  });

export const notSignedIn = (): Reply =>
  youtubeError(401, 'authError', 'Request had invalid authentication credentials.', 'global');

export const missingScope = (): Reply =>
  youtubeError(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', 'global');

export const noChannel = (): Reply =>
  youtubeError(401, 'youtubeSignupRequired', 'The authorized user has no YouTube channel.', 'youtube.header');

/** Faults in YouTube's words. */
export const youtubeDialect: Dialect = {
  error: (status, step) => {
    if (step === 'oauth') return json(status, { error: 'internal_failure', error_description: 'Backend Error' });
    return status === 503
      ? youtubeError(503, 'SERVICE_UNAVAILABLE', 'The service is currently unavailable.', 'global')
      : youtubeError(status, 'backendError', 'Backend Error', 'global');
  },
  rate: () => youtubeError(403, 'rateLimitExceeded', 'The request was sent too fast.', 'usageLimits'),
  cap: (step, code = 'uploadLimitExceeded') => {
    if (step !== 'start' && code === 'uploadLimitExceeded') return undefined;
    return code === 'uploadLimitExceeded'
      ? youtubeError(400, code, 'The user has exceeded the number of videos they may upload.')
      : youtubeError(
          403,
          code,
          'The request cannot be completed because you have exceeded your quota.',
          'youtube.quota',
        );
  },
  notFound: () => youtubeError(404, 'notFound', 'Not Found', 'global'),
};
