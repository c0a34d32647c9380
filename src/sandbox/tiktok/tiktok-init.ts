/** What a valid direct-post init asks for. */
export interface InitRequest {
  readonly title: string;
  readonly isPublic: boolean;
  readonly videoSize: number;
  readonly chunkSize: number;
  readonly chunkCount: number;
}

export interface InitRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export const PRIVACY_LEVELS = ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'] as const;

/** Limits of `platforms.md` 1.4 and 1.5. Where decimal or binary MB is open, the wider reading is accepted. */
const MAX_TITLE_UNITS = 2_200;
const MAX_VIDEO_BYTES = 4 * 1024 ** 3;
const MIN_CHUNK_BYTES = 5_000_000;
const MAX_CHUNK_BYTES = 64 * 1024 * 1024;
const MAX_CHUNKS = 1_000;

const invalid = (message: string): InitRefusal => ({ status: 400, code: 'invalid_param', message });
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const positive = (value: unknown): number => (Number.isSafeInteger(value) && (value as number) > 0 ? Number(value) : 0);

const chunkFault = (size: number, chunk: number, count: number): string | undefined => {
  if (!size || !chunk || !count) return 'video_size, chunk_size and total_chunk_count must be positive integers';
  if (size > MAX_VIDEO_BYTES) return 'video_size is over 4 GB';
  if (count !== Math.floor(size / chunk)) return 'total_chunk_count must be floor(video_size / chunk_size)';
  if (count > MAX_CHUNKS) return 'too many chunks';
  if (chunk > MAX_CHUNK_BYTES) return 'chunk_size is over 64 MB';
  if (chunk < MIN_CHUNK_BYTES && chunk !== size) return 'chunk_size is under 5 MB';
  return undefined;
};

/** Checks the body of `POST /v2/post/publish/video/init/` as TikTok does. */
export const readInit = (body: Readonly<Record<string, unknown>>, isUnaudited: boolean): InitRequest | InitRefusal => {
  const post = record(body['post_info']);
  const source = record(body['source_info']);
  const title = post['title'] ?? '';
  const privacy = post['privacy_level'];
  if (typeof title !== 'string' || title.length > MAX_TITLE_UNITS) return invalid('title is over 2200 characters');
  if (!PRIVACY_LEVELS.some((level) => level === privacy)) {
    return { status: 403, code: 'privacy_level_option_mismatch', message: 'Use an option of creator_info.' };
  }
  if (isUnaudited && privacy !== 'SELF_ONLY') {
    const code = 'unaudited_client_can_only_post_to_private_accounts';
    return { status: 403, code, message: 'Audit pending.' };
  }
  if (source['source'] === 'PULL_FROM_URL') {
    return { status: 403, code: 'url_ownership_unverified', message: 'Verify the domain of the video URL first.' };
  }
  if (source['source'] !== 'FILE_UPLOAD') return invalid('source must be FILE_UPLOAD or PULL_FROM_URL');
  const [videoSize, chunkSize, chunkCount] = [
    positive(source['video_size']),
    positive(source['chunk_size']),
    positive(source['total_chunk_count']),
  ];
  const fault = chunkFault(videoSize, chunkSize, chunkCount);
  if (fault) return invalid(fault);
  return { title, isPublic: privacy === 'PUBLIC_TO_EVERYONE', videoSize, chunkSize, chunkCount };
};
