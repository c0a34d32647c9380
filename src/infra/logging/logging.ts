import type { Params } from 'nestjs-pino';
import { requestIdOf } from './request-id.js';

/** Paths that may hold a secret; pino replaces their values. */
const SECRET_PATHS = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["idempotency-key"]',
  'res.headers["set-cookie"]',
  '*.credentials',
  '*.password',
  '*.accessToken',
  '*.refreshToken',
  '*.access_token',
  '*.refresh_token',
  '*.client_secret',
  '*.secret',
];

/** Tokens in free text: our keys, bearer headers, secret query parameters, confirm and unsubscribe links. */
const SECRET_TEXT =
  /(prn_live_\w{8})\w+|(Bearer |OAuth |DPoP )[\w.~+/=-]+|([?&](?:access_token|upload_token|upload_id|token|code|client_secret)=)[^&\s"]+|(\/(?:confirm|unsubscribe)\/)[\w-]+/g;

/** `text` with everything that looks like a secret replaced. */
export const scrub = (text: string): string => text.replace(SECRET_TEXT, '$1$2$3$4[redacted]');

const scrubDeep = (value: unknown): unknown => {
  if (typeof value === 'string') return scrub(value);
  if (value instanceof Error)
    return { type: value.name, message: scrub(value.message), stack: scrub(value.stack ?? '') };
  return value;
};

/** pino settings: structured, secrets out, one request id for log and problem document. */
export const loggingOptions = (level: string): Params => ({
  pinoHttp: {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    genReqId: requestIdOf,
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    serializers: {
      err: scrubDeep,
      req: (request: { id: unknown; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        url: scrub(request.url),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'debug'),
    hooks: {
      logMethod(args, method) {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? scrub(arg) : arg)) as Parameters<typeof method>,
        );
      },
    },
    // Standard output belongs to the program's own answers; logs go to standard error.
    stream: process.stderr,
  },
});
