import type { Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { Dialect } from '../http/service.js';

/** What a Graph error says; clients decide by code and subcode. */
export interface GraphError {
  readonly status?: number;
  readonly code: number;
  readonly subcode?: number;
  readonly message: string;
  readonly isTransient?: boolean;
}

/** Meta's error body; HTTP is mostly 400 (`platforms.md` 2.5). */
export const graphError = ({ status = 400, code, subcode, message, isTransient = false }: GraphError): Reply =>
  json(status, {
    error: {
      message: `(#${code}) ${message}`,
      type: 'OAuthException',
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      is_transient: isTransient,
      fbtrace_id: 'AbCsandbox',
    },
  });

/** Words for the codes that faults name most, as `code/subcode`. */
const MESSAGES: Readonly<Record<string, string>> = {
  '9/2207042': 'Application request limit reached: daily publish limit.',
  '4/2207051': 'Action is blocked.',
  '25/2207050': 'The account is restricted.',
};

/** Faults in Meta's words. */
export const instagramDialect: Dialect = {
  error: (status, step) =>
    step === 'upload'
      ? json(status, {
          debug_info: { retriable: true, type: 'ServerError', message: 'Request processing failed.' },
        })
      : graphError({ status, code: 2, message: 'An unexpected error has occurred. Retry later.', isTransient: true }),
  rate: () => graphError({ code: 4, message: 'Application request limit reached.', isTransient: true }),
  // Any code of the error table, at any step but the upload, which has words of its own.
  cap: (step, code = step === 'publish' ? '9/2207042' : '4/2207051') => {
    const [main, sub] = code.split('/').map(Number);
    if (step === 'upload' || main === undefined) return undefined;
    const message = MESSAGES[code] ?? 'Limited.';
    return graphError({ code: main, ...(sub === undefined ? {} : { subcode: sub }), message });
  },
  notFound: () => graphError({ status: 404, code: 2500, message: 'Unknown path components.' }),
};

/** A token that is missing, unknown (467) or expired (463). */
export const badToken = (subcode: 463 | 467): Reply =>
  graphError({ status: 401, code: 190, subcode, message: 'Error validating access token.' });

/** The object is missing or not yours; also, for a while, right after a publish. */
export const missingObject = (id: string): Reply =>
  graphError({ code: 100, subcode: 33, message: `Object with ID '${id}' does not exist or cannot be loaded.` });

/** A token of the other login. */
export const otherHost = (): Reply =>
  graphError({ status: 401, code: 190, message: 'Invalid OAuth access token - Cannot parse access token' });
