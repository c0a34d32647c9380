/**
 * What kind of refusal this is, in words that hold without HTTP:
 * - `invalid`: the request can never succeed as sent
 * - `unauthenticated`, `forbidden`: who is asking
 * - `not_found`: nothing of that name in this workspace (also: it belongs to another one)
 * - `gone`: it was here and ended for good
 * - `conflict`: the state of the thing does not allow it now
 * - `stale`: the caller's copy is old (`If-Match`)
 * - `too_large`, `unsupported_media`, `unprocessable`, `rate_limited`: as they say
 * - `unavailable`: somebody we depend on does not answer now; the same request may succeed later
 */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'gone'
  | 'conflict'
  | 'stale'
  | 'too_large'
  | 'unsupported_media'
  | 'unprocessable'
  | 'rate_limited'
  | 'unavailable';

/** One faulty place in a request: where it is and what would be right. */
export interface Violation {
  /** Path into the body, for example `targets.0.caption`. */
  readonly field: string;
  readonly rule: string;
  readonly message: string;
  readonly limit?: number | string;
  readonly actual?: number | string;
  /** The document an outside limit comes from. */
  readonly source?: string;
}

/** An expected refusal. The edge turns it into a problem document; nothing else may be thrown on purpose. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  /**
   * @param code stable, dotted, `<thing>.<why>`; clients may switch on it
   * @param message a sentence that tells a person what to do next; no secrets
   */
  constructor(
    readonly kind: RefusalKind,
    readonly code: string,
    message: string,
    readonly context: Readonly<Record<string, unknown>> = {},
    readonly violations: readonly Violation[] = [],
  ) {
    super(message);
  }
}

/** The answer for a thing that is absent or belongs to someone else: the two are never told apart. */
export const notFound = (thing: string, id: string): DomainError =>
  new DomainError(
    'not_found',
    `${thing}.not_found`,
    `No ${thing.replaceAll('_', ' ')} with this id in your workspace. Check the id.`,
    { id },
  );
