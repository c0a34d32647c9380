import { createHash } from 'node:crypto';
import { DAY_MS } from '../../kernel/durations.js';
import { DomainError } from '../../kernel/domain-error.js';

/** How long an answer can be had again under its key. */
export const REPLAY_FOR_MS = DAY_MS;

/** One request that may be sent again. Routes that stream their body hand in its hash: `{ ...call, bodyHash }`. */
export interface IdempotencyCall {
  /** The header `Idempotency-Key`; without it the call simply runs. */
  readonly key?: string;
  /** Method and path pattern, for example `POST /v1/posts/:id/retry`. */
  readonly route: string;
  /** SHA-256 over the path and the canonical body. */
  readonly bodyHash: Buffer;
  /** HTTP status of the first answer. */
  readonly status: number;
  /** Called when an earlier answer is given again. */
  readonly markReplayed: () => void;
}

/** An answer whose later replays differ, because the first one holds a secret that is shown once. */
export class ShownOnce<T> {
  constructor(
    readonly body: T,
    readonly replay: T,
  ) {}
}

/**
 * Checks the key of a request: 1 to 255 printable ASCII characters.
 * @throws DomainError `idempotency.bad_key`
 */
export const idempotencyKey = (header: string | undefined): string | undefined => {
  if (header === undefined) return undefined;
  if (/^[\x20-\x7e]{1,255}$/.test(header)) return header;
  throw new DomainError(
    'invalid',
    'idempotency.bad_key',
    'Idempotency-Key must be 1 to 255 printable ASCII characters. A random UUID serves well.',
  );
};

/** SHA-256 of what a call asks for: equal bodies give equal hashes whatever the order of their fields. */
export const requestHash = (path: string, body: unknown): Buffer =>
  createHash('sha256').update(path).update('\n').update(canonicalJson(body)).digest();

/** JSON with the fields of every object in order of their names. */
export const canonicalJson = (value: unknown): string => {
  if (value === undefined) return 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`);
  return `{${fields.join(',')}}`;
};
