import { DomainError, type Violation } from '../../kernel/domain-error.js';
import type { MediaRefusal, RefusalReason } from './file-signs.js';
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

/** A playlist and another kind of file are simply no videos; the other two could be shown and must not be. */
const REFUSALS: Readonly<Record<RefusalReason, { readonly code: string; readonly say: (found: string) => string }>> = {
  playlist: {
    code: 'media.not_a_video',
    say: (found) => `This is ${found}, not a video. Send the video that it names, as one MP4, MOV or WebM file.`,
  },
  other_file: {
    code: 'media.not_a_video',
    say: (found) => `This is ${found}, not a video. Send an MP4, MOV or WebM file with a video track.`,
  },
  polyglot: {
    code: 'media.polyglot',
    say: (found) => `This video holds ${found}. Export the video anew and send nothing but the video.`,
  },
  external_reference: {
    code: 'media.external_reference',
    say: (found) =>
      `The pictures or the sound of this video lie elsewhere: it holds ${found}. Export it as one self-contained file.`,
  },
};

export const mediaRefused = ({ reason, found }: MediaRefusal): DomainError => {
  const { code, say } = REFUSALS[reason];
  return new DomainError('unsupported_media', code, say(found), { found });
};

export const mediaMisnamed = (said: string, container: string): DomainError =>
  new DomainError(
    'unsupported_media',
    'media.name_mismatch',
    `The file is called ${said}, but its content is ${container}. Check that it is the right file, then name it as what it is.`,
    { said, container },
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
