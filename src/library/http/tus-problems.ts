import { DomainError, type RefusalKind } from '../../kernel/domain-error.js';
import { mediaTooLarge } from '../domain/library.errors.js';
import { offsetMismatch } from '../domain/resumable-upload.js';

/** What `@tus/server` throws: plain objects, and one error of the same shape. */
interface TusFault {
  readonly status_code: number;
  readonly body: string;
}

const isTusFault = (error: unknown): error is TusFault =>
  typeof (error as Partial<TusFault> | null)?.status_code === 'number';

/** Our refusal for a fault of the protocol; anything else as it is. */
export const problemOf = (error: unknown, maxBytes: number): unknown =>
  isTusFault(error) ? refusalOf(error.status_code, error.body, maxBytes) : error;

/** Our refusal for a status that `@tus/server` answers without throwing. */
export const refusalOf = (status: number, body: string, maxBytes: number): DomainError => {
  if (status === 409) return offsetMismatch();
  if (status === 413) return /Maximum/.test(body) ? mediaTooLarge(maxBytes) : longerThanSaid();
  const [kind, code, advice] = REFUSALS[status] ?? BUSY;
  return new DomainError(kind, code, `${advice}${kind === 'invalid' ? ` (${body.trim()})` : ''}`);
};

const REFUSALS: Readonly<Record<number, readonly [RefusalKind, string, string]>> = {
  400: ['invalid', 'upload.malformed', 'A header of this upload is missing or malformed: see tus.io, protocol 1.0.0.'],
  403: ['invalid', 'upload.malformed', 'A header of this upload is missing or malformed: see tus.io, protocol 1.0.0.'],
  404: ['not_found', 'upload.not_found', 'No upload with this id in your workspace. Begin a new one.'],
  410: ['gone', 'upload.expired', 'This upload was not finished in its time and is gone. Begin a new one.'],
  412: ['stale', 'upload.protocol_version', 'Send the header "Tus-Resumable: 1.0.0".'],
  501: ['invalid', 'upload.extension', 'Send Upload-Length with the first request, and one upload per file.'],
};

const BUSY: readonly [RefusalKind, string, string] = [
  'unavailable',
  'upload.busy',
  'Another request of this upload is still running. Ask with HEAD where it stands, then go on.',
];

const longerThanSaid = (): DomainError =>
  new DomainError(
    'too_large',
    'upload.longer_than_said',
    'More bytes came than Upload-Length said. Begin a new upload with the right length.',
  );
