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

/** Query parameters that are secrets, or let whoever has them act. */
const SECRET_QUERY =
  'access_token|refresh_token|upload_token|upload_id|input_token|fb_exchange_token|token|code|state|code_verifier|' +
  'client_secret|appsecret_proof|x-amz-credential|x-amz-security-token|x-amz-signature|x-goog-signature|signature|sig';

/** What stands before a secret in free text, then the secret; only the first is kept. */
const SECRET_TEXTS: readonly RegExp[] = [
  /(prn_live_\w{8})\w+/g,
  /(whsec_)[\w+/=]+/g,
  /\b((?:Bearer|OAuth|DPoP) )[\w.~+/=|-]+/g,
  // Telegram speaks of bots too: a token has dots, a word has none.
  /\b(Bot )[\w-]+\.[\w.-]+/g,
  new RegExp(`([?&](?:${SECRET_QUERY})=)[^&\\s"]+`, 'gi'),
  /(\/(?:confirm|unsubscribe)\/)[\w-]+/g,
  // Not /v1/calendar/feeds: secrets of feeds have 32 signs.
  /(\/calendar\/)[\w-]{32,}/g,
  // Hand-off tokens have a dot; the page's script does not match.
  /(\/handoff\/)[\w-]+\.[\w-]+/g,
  /(\/hosted\/[^/\s]+\/[^/\s]+\/\d+\/)[\w.-]+/g,
  // Telegram and Discord put theirs into the path.
  /(\/bot)\d+:[\w-]+/g,
  /(\/webhooks\/\d+\/)[\w-]+/g,
  // The private half of a JSON Web Key.
  /("d"\s*:\s*")[\w-]+/g,
];

/** `text` with everything that looks like a secret replaced. */
export const scrub = (text: string): string =>
  SECRET_TEXTS.reduce((rest, pattern) => rest.replace(pattern, '$1[redacted]'), text);

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
