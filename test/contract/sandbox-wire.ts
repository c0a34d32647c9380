/** Speaks each platform's documented protocol to the sandbox with plain fetch: no code of ours in between. */
import { setTimeout } from 'node:timers/promises';

/** Other people's JSON; the assertions are its type check. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

export interface Connected {
  readonly externalId: string;
  readonly handle: string;
  readonly credentials: Record<string, string>;
}

export interface Urls {
  readonly control: string;
  readonly tiktok: string;
  readonly instagram: string;
  readonly youtube: string;
  readonly smtp: string;
  readonly skylight?: string;
}

/** A `ftyp` box and zeros: enough for every server that only looks at the first bytes. */
export const VIDEO = Buffer.concat([
  Buffer.from('000000186674797069736f6d0000020069736f6d6d703432', 'hex'),
  Buffer.alloc(2000),
]);

export const call = async (url: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
};

export const postJson = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  call(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const POLL_MS = 20;

/** Asks until the answer fits; fails loudly after 5 s. */
export const until = async (ask: () => Promise<Answer>, fits: (answer: Answer) => boolean): Promise<Answer> => {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`never came: ${answer.text}`);
    await setTimeout(POLL_MS);
  }
};

const tiktok = async ({ tiktok: base }: Urls, { credentials }: Connected, caption: string) => {
  const headers = { authorization: `Bearer ${credentials['accessToken']}` };
  const size = VIDEO.length;
  const info = await postJson(`${base}/v2/post/publish/creator_info/query/`, {}, headers);
  const init = await postJson(
    `${base}/v2/post/publish/video/init/`,
    {
      post_info: { title: caption, privacy_level: info.json.data.privacy_level_options[0] },
      source_info: { source: 'FILE_UPLOAD', video_size: size, chunk_size: size, total_chunk_count: 1 },
    },
    headers,
  );
  const { publish_id: handle, upload_url: url } = init.json.data;
  const range = { 'content-type': 'video/mp4', 'content-range': `bytes 0-${size - 1}/${size}` };
  return { handle, commit: () => call(url, { method: 'PUT', headers: range, body: VIDEO }) };
};

const reels = async ({ instagram }: Urls, { credentials, externalId }: Connected, caption: string) => {
  const base = `${instagram}/v25.0`;
  const token = credentials['accessToken'] ?? '';
  const fields = { media_type: 'REELS', upload_type: 'resumable', caption, access_token: token };
  const { id: handle, uri } = (await postJson(`${base}/${externalId}/media`, fields)).json;
  const headers = { authorization: `OAuth ${token}`, offset: '0', file_size: String(VIDEO.length) };
  await call(uri, { method: 'POST', headers, body: VIDEO });
  const status = () => call(`${base}/${handle}?fields=status_code&access_token=${token}`);
  await until(status, ({ json }) => json.status_code === 'FINISHED');
  const publish = { creation_id: handle, access_token: token };
  return { handle, commit: () => postJson(`${base}/${externalId}/media_publish`, publish) };
};

const shorts = async ({ youtube }: Urls, { credentials }: Connected, caption: string) => {
  const started = await postJson(
    `${youtube}/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status`,
    { snippet: { title: 'A short', description: caption, tags: ['s:m1'] }, status: { privacyStatus: 'public' } },
    {
      authorization: `Bearer ${credentials['accessToken']}`,
      'x-upload-content-length': String(VIDEO.length),
      'x-upload-content-type': 'video/mp4',
    },
  );
  const session = started.headers.get('location') ?? '';
  const handle = new URL(session).searchParams.get('upload_id') ?? '';
  const headers = { 'content-type': 'video/mp4' };
  return { handle, session, commit: () => call(session, { method: 'PUT', headers, body: VIDEO }) };
};

/** One post per account in these tests, so one key will do. */
const RKEY = '3mdd6zlco5v2b';

const skylight = async ({ skylight: base }: Urls, { credentials, externalId }: Connected, caption: string) => {
  const session = await postJson(`${base}/xrpc/com.atproto.server.createSession`, credentials);
  const authorization = `Bearer ${session.json.accessJwt}`;
  const headers = { authorization, 'content-type': 'video/mp4' };
  const blob = await call(`${base}/xrpc/com.atproto.repo.uploadBlob`, { method: 'POST', headers, body: VIDEO });
  const record = {
    $type: 'app.bsky.feed.post',
    text: caption,
    createdAt: '2026-01-26T12:00:00.000Z',
    embed: { $type: 'app.bsky.embed.video', video: blob.json.blob },
  };
  const put = { repo: externalId, collection: 'app.bsky.feed.post', rkey: RKEY, record, swapRecord: null };
  const url = `${base}/xrpc/com.atproto.repo.putRecord`;
  return { handle: RKEY, commit: () => postJson(url, put, { authorization }) };
};

/** Everything up to the irreversible call of each platform; `commit` is that call. */
export const SPEAKERS = { tiktok, reels, shorts, skylight } as const;
export type Spoken = keyof typeof SPEAKERS;
/** The step of the irreversible call. */
export const COMMIT_STEP = { tiktok: 'upload', reels: 'publish', shorts: 'upload', skylight: 'put' } as const;
