import { DomainError, type Violation } from '../../kernel/domain-error.js';
import type { MediaUse } from './media-records.port.js';

export const mediaTooLarge = (maxBytes: number): DomainError =>
  new DomainError(
    'too_large',
    'media.too_large',
    `The file is larger than ${maxBytes} bytes. Export it smaller, or raise MEDIA_MAX_BYTES on the server.`,
    { maxBytes },
  );

export const mediaEmpty = (): DomainError =>
  new DomainError(
    'invalid',
    'media.empty',
    'The file has no bytes. Check that the export finished, then send it again.',
  );

export const notAVideo = (): DomainError =>
  new DomainError(
    'unsupported_media',
    'media.not_a_video',
    'This is not a video we can read. Send an MP4, MOV or WebM file with a video track.',
  );

export const mediaTruncated = (): DomainError =>
  new DomainError(
    'invalid',
    'media.truncated',
    'The end of this video is missing. Check that the export or the download finished, then send the whole file.',
  );

export const mediaInUse = (use: MediaUse): DomainError =>
  new DomainError(
    'conflict',
    'media.in_use',
    `${use.posts} posts and ${use.targets} unfinished targets use this video. Delete the posts or wait for the targets first.`,
    { ...use },
  );

export const contentInvalid = (violations: readonly Violation[]): DomainError =>
  new DomainError(
    'invalid',
    'content.invalid',
    violations[0]?.message ?? 'The content is not valid. See errors.',
    {},
    violations,
  );

export const postChanged = (version: number): DomainError =>
  new DomainError('stale', 'post.changed', 'Someone changed this post meanwhile. Read it again, then retry.', {
    currentETag: `"${version}"`,
  });
