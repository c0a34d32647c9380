import { DomainError } from '../../kernel/domain-error.js';
import type { Id, MediaId, WorkspaceId } from '../../kernel/ids.js';
import { cleanFileName } from './media.js';
import type { KeptProblem } from './resumable-upload.js';

export type ImportId = Id<'import'>;

/** An import is tried this often while the other side is in trouble. */
export const MAX_IMPORT_TRIES = 5;

/** Imports of one workspace that have not ended. */
export const MAX_OPEN_IMPORTS = 100;

/**
 * A video that is fetched from an address.
 * `queued`: waits for its first or next try. `fetching`: bytes are coming, or are being judged. `ready`: it became a
 * media. `refused`: it never can. `failed`: the other side stayed in trouble; the same import may succeed later.
 */
export interface MediaImport {
  readonly id: ImportId;
  readonly workspaceId: WorkspaceId;
  readonly state: 'queued' | 'fetching' | 'ready' | 'refused' | 'failed';
  /** Without its query once the import has ended, since that may hold a signature. */
  readonly url: string;
  readonly fileName?: string;
  readonly receivedBytes: number;
  /** When the other side told it. */
  readonly totalBytes?: number;
  /** Tries begun. */
  readonly attempts: number;
  readonly mediaId?: MediaId;
  /** Why it ended badly. */
  readonly problem?: KeptProblem;
  readonly createdAt: Date;
  readonly endedAt?: Date;
}

/** The address without what may be a secret. */
export const shownUrl = (text: string): string => {
  const url = new URL(text);
  return url.origin + url.pathname;
};

/** The name a person gave, else the last part of the address. */
export const importedFileName = ({ fileName, url }: Pick<MediaImport, 'fileName' | 'url'>): string =>
  cleanFileName(fileName ?? decoded(new URL(url).pathname.split('/').at(-1) ?? ''));

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Documents that stand where a person expects a file: a share page, a login form, an API's refusal. */
export const isDocument = (contentType: string): boolean =>
  /^(text\/(?!plain$)|application\/(xhtml\+xml|([\w.-]+\+)?json|xml)$)/.test(contentType);

export const documentInstead = (contentType: string): DomainError =>
  new DomainError(
    'unsupported_media',
    'url.document',
    `This address answers a page (${contentType}), not a video. Give the direct link to the file; on share pages it is behind "Download".`,
    { contentType },
  );

/** For faults on our side that outlasted every try. */
export const importFailed = (): DomainError =>
  new DomainError('unavailable', 'import.failed', 'The import failed on our side several times. Try it again later.');

export const tooManyImports = (): DomainError =>
  new DomainError(
    'rate_limited',
    'import.too_many_open',
    `${MAX_OPEN_IMPORTS} imports of this workspace have not ended yet. Order this one again when some have.`,
    { maxOpen: MAX_OPEN_IMPORTS },
  );
