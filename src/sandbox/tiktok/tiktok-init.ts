/** What a valid direct-post init asks for. */
export interface InitRequest {
  readonly title: string;
  readonly privacy: string;
  /** FILE_UPLOAD: how the bytes will come. */
  readonly file?: FilePlan;
  /** PULL_FROM_URL: where they are fetched. */
  readonly videoUrl?: URL;
}

export interface FilePlan {
  readonly videoSize: number;
  readonly chunkSize: number;
  readonly chunkCount: number;
}

export interface InitRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Whose post it is to be, and by which app. */
export interface InitRules {
  readonly isUnaudited: boolean;
  readonly isPrivateAccount: boolean;
  readonly disabled: { readonly comment: boolean; readonly duet: boolean; readonly stitch: boolean };
}

/** What creator_info offers (`platforms.md` 1.3). */
export const privacyLevels = (isPrivateAccount: boolean): readonly string[] =>
  isPrivateAccount
    ? ['FOLLOWER_OF_CREATOR', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY']
    : ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'];

/** Limits of `platforms.md` 1.4 and 1.5. Where decimal or binary MB is open, the wider reading is accepted. */
const MAX_TITLE_UNITS = 2_200;
const MAX_VIDEO_BYTES = 4 * 1024 ** 3;
const MIN_CHUNK_BYTES = 5_000_000;
const MAX_CHUNK_BYTES = 64 * 1024 * 1024;
const MAX_CHUNKS = 1_000;

const invalid = (message: string): InitRefusal => ({ status: 400, code: 'invalid_param', message });
const forbidden = (code: string, message: string): InitRefusal => ({ status: 403, code, message });
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const positive = (value: unknown): number => (Number.isSafeInteger(value) && (value as number) > 0 ? Number(value) : 0);

const FLAGS = [
  'disable_duet',
  'disable_stitch',
  'disable_comment',
  'brand_content_toggle',
  'brand_organic_toggle',
  'is_aigc',
] as const;

const postFault = (post: Readonly<Record<string, unknown>>, { disabled }: InitRules): string | undefined => {
  const title = post['title'] ?? '';
  if (typeof title !== 'string' || title.length > MAX_TITLE_UNITS) return 'title is over 2200 characters';
  const wrong = FLAGS.find((flag) => post[flag] !== undefined && typeof post[flag] !== 'boolean');
  if (wrong) return `${wrong} must be a boolean`;
  const cover = post['video_cover_timestamp_ms'];
  if (cover !== undefined && !Number.isInteger(cover)) return 'video_cover_timestamp_ms must be an integer';
  const ignored = (['duet', 'stitch', 'comment'] as const).find(
    (kind) => disabled[kind] && post[`disable_${kind}`] !== true,
  );
  return ignored ? `the creator has switched ${ignored} off: disable_${ignored} must be true` : undefined;
};

const chunkFault = (size: number, chunk: number, count: number): string | undefined => {
  if (!size || !chunk || !count) return 'video_size, chunk_size and total_chunk_count must be positive integers';
  if (size > MAX_VIDEO_BYTES) return 'video_size is over 4 GB';
  if (count !== Math.floor(size / chunk)) return 'total_chunk_count must be floor(video_size / chunk_size)';
  if (count > MAX_CHUNKS) return 'too many chunks';
  if (chunk > MAX_CHUNK_BYTES) return 'chunk_size is over 64 MB';
  if (chunk < MIN_CHUNK_BYTES && chunk !== size) return 'chunk_size is under 5 MB';
  return undefined;
};

/** Only addresses of this machine count as verified: the sandbox fetches nothing from anywhere else. */
const VERIFIED = ['127.0.0.1', 'localhost', '[::1]'];

const readUrl = (value: unknown): URL | InitRefusal => {
  if (typeof value !== 'string' || !URL.canParse(value)) return invalid('video_url is not a URL');
  const url = new URL(value);
  if (!VERIFIED.includes(url.hostname))
    return forbidden('url_ownership_unverified', 'Verify the domain of the video URL first.');
  return url;
};

/** Checks the body of `POST /v2/post/publish/video/init/` as TikTok does. */
export const readInit = (body: Readonly<Record<string, unknown>>, rules: InitRules): InitRequest | InitRefusal => {
  const post = record(body['post_info']);
  const source = record(body['source_info']);
  const privacy = post['privacy_level'];
  const fault = postFault(post, rules);
  if (fault) return invalid(fault);
  if (typeof privacy !== 'string' || !privacyLevels(rules.isPrivateAccount).includes(privacy))
    return forbidden('privacy_level_option_mismatch', 'Use an option of creator_info.');
  if (rules.isUnaudited && (privacy !== 'SELF_ONLY' || !rules.isPrivateAccount))
    return forbidden('unaudited_client_can_only_post_to_private_accounts', 'Audit pending.');
  const asked = { title: typeof post['title'] === 'string' ? post['title'] : '', privacy };
  if (source['source'] === 'PULL_FROM_URL') {
    const videoUrl = readUrl(source['video_url']);
    return 'code' in videoUrl ? videoUrl : { ...asked, videoUrl };
  }
  if (source['source'] !== 'FILE_UPLOAD') return invalid('source must be FILE_UPLOAD or PULL_FROM_URL');
  const [videoSize, chunkSize, chunkCount] = [
    positive(source['video_size']),
    positive(source['chunk_size']),
    positive(source['total_chunk_count']),
  ];
  const wrong = chunkFault(videoSize, chunkSize, chunkCount);
  return wrong ? invalid(wrong) : { ...asked, file: { videoSize, chunkSize, chunkCount } };
};
