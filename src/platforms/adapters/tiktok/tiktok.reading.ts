import type * as outcome from '../../domain/publish-outcome.js';
import { evidence, onRead, platformRejected, refusalOf } from '../../domain/refusal.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import type { FreshToken, ListedVideo, PublishStatus } from './tiktok.answers.js';
import { TIKTOK_FAIL_REASONS } from './tiktok.errors.map.js';
import type { Read } from './tiktok.outcomes.js';
import type { TikTokResume } from './tiktok.resume.js';
import { plusMs } from '../../../kernel/durations.js';

/** What the PUT of the last chunk shows (`platforms.md` 1.5). The upload host answers by status alone. */
export const commitOutcome = (answer: PlatformAnswer, url: { readonly isExpired: boolean }): outcome.CommitOutcome => {
  if (answer.kind === 'not_sent') return { kind: 'unavailable', detail: answer.detail };
  if (answer.kind === 'no_answer') return { kind: 'unknown', detail: answer.detail };
  const httpStatus = answer.status;
  switch (httpStatus) {
    case 201:
      return { kind: 'processing', httpStatus };
    case 400:
      return {
        kind: 'rejected',
        category: 'platform_rejected',
        httpStatus,
        detail: 'the last chunk was refused as malformed',
      };
    case 403:
      // Only an old URL explains a 403; a young one may have been answered by something in between.
      return { kind: url.isExpired ? 'unavailable' : 'unknown', httpStatus, detail: 'upload URL refused' };
    default:
      return { kind: 'unknown', httpStatus };
  }
};

/** What `status/fetch` shows (`platforms.md` 1.7). */
export const checkOutcome = (
  read: Read<{ data: PublishStatus }>,
  token: TikTokResume,
  now: Date,
): outcome.CheckOutcome => {
  if (read.kind === 'rejected' || read.kind === 'unknown') return inconclusive(read);
  if (read.kind !== 'ok') return onRead(read);
  const status = read.value.data;
  switch (status.status) {
    case 'PUBLISH_COMPLETE':
      return published(status, token);
    case 'FAILED':
      return failed(status.fail_reason ?? '', now);
    case 'PROCESSING_UPLOAD':
      return uploading(status, token, now);
    case 'PROCESSING_DOWNLOAD':
    case 'SEND_TO_USER_INBOX':
      return { kind: 'processing', platformCode: status.status };
    default:
      return { kind: 'inconclusive', platformCode: status.status };
  }
};

/** The public id comes later, hours at worst, and never for posts that are not public. */
const published = (status: PublishStatus, token: TikTokResume): outcome.Published => {
  const [platformPostId] = status.publicaly_available_post_id;
  if (platformPostId === undefined)
    return {
      kind: 'published',
      platformCode: 'PUBLISH_COMPLETE',
      ...(token.isPublic === false ? { staysWithoutId: true } : {}),
    };
  const permalink = token.username && `https://www.tiktok.com/@${token.username}/video/${platformPostId}`;
  return { kind: 'published', platformPostId, platformCode: 'PUBLISH_COMPLETE', ...(permalink ? { permalink } : {}) };
};

const KNOWN_STATUSES = ['PUBLISH_COMPLETE', 'FAILED', 'PROCESSING_UPLOAD', 'PROCESSING_DOWNLOAD', 'SEND_TO_USER_INBOX'];

/** What of this status no table knows: the status itself, or why it failed. */
export const unknownIn = ({ status, fail_reason: reason }: PublishStatus): string | undefined => {
  if (!KNOWN_STATUSES.includes(status)) return status;
  return status === 'FAILED' && reason !== undefined && !TIKTOK_FAIL_REASONS.has(reason) ? reason : undefined;
};

/** A publish that ended `FAILED`: proof that it did not post, and whether another try can help (`platforms.md` 1.7). */
export const failed = (reason: string, now: Date): outcome.Rejected | (outcome.Evidence & { kind: 'absent' }) => {
  const meaning = TIKTOK_FAIL_REASONS.get(reason) ?? platformRejected;
  const found = evidence({ platformCode: reason || 'FAILED' });
  if (meaning === 'absent') return { kind: 'absent', ...found };
  const refusal = refusalOf(meaning, found, { now });
  return refusal.kind === 'rejected' ? refusal : { kind: 'absent', ...found };
};

const uploading = (status: PublishStatus, token: TikTokResume, now: Date): outcome.CheckOutcome => {
  const { uploaded_bytes: uploaded } = status;
  if (token.source === 'url') return { kind: 'processing', platformCode: status.status };
  const isWhole = uploaded === undefined || uploaded >= token.size;
  if (isWhole) return { kind: 'processing', platformCode: status.status };
  const detail = `${uploaded} of ${token.size} bytes arrived`;
  // While the URL lives, a last chunk that is still under way could complete the upload.
  return {
    kind: now.toISOString() >= token.urlExpiresAt ? 'absent' : 'inconclusive',
    platformCode: status.status,
    detail,
  };
};

const inconclusive = (refusal: outcome.Rejected | outcome.Unknown): outcome.CheckOutcome => {
  const { httpStatus, platformCode, requestId, detail } = refusal;
  // An unknown publish_id is about the handle; an answer nobody understands is the platform's trouble.
  const kind = platformCode === undefined || refusal.kind === 'unknown' ? 'unavailable' : 'inconclusive';
  return { kind, ...evidence({ httpStatus, platformCode, requestId, detail }) };
};

export const foundPost = (video: ListedVideo): outcome.FoundPost => ({
  platformPostId: video.id,
  caption: video.video_description ?? video.title ?? '',
  createdAt: new Date((video.create_time ?? 0) * 1000),
  ...(video.duration === undefined ? {} : { durationMs: video.duration * 1000 }),
  ...(video.share_url === undefined ? {} : { permalink: video.share_url }),
});

/** Credentials of a token answer; lifetimes as that answer says. */
export const credentialsOf = (fresh: FreshToken, now: Date): outcome.Credentials => ({
  accessToken: fresh.access_token,
  refreshToken: fresh.refresh_token,
  expiresAt: plusMs(now, fresh.expires_in * 1000).toISOString(),
  ...(fresh.refresh_expires_in === undefined
    ? {}
    : { refreshExpiresAt: plusMs(now, fresh.refresh_expires_in * 1000).toISOString() }),
  ...(fresh.scope === undefined ? {} : { scope: fresh.scope }),
});

/** Credentials carry `scope` and `expiresAt` (ISO) once they went through OAuth. */
export const identityOf = (owner: {
  externalId: string;
  displayName?: string | undefined;
  credentials: outcome.Credentials;
  notices: readonly string[];
}): outcome.ConnectedIdentity => {
  const { expiresAt, scope } = owner.credentials;
  return {
    externalId: owner.externalId,
    displayName: owner.displayName ?? owner.externalId,
    credentials: owner.credentials,
    scopes: scope?.split(',') ?? [],
    ...(expiresAt === undefined ? {} : { tokenExpiresAt: new Date(expiresAt) }),
    ...(owner.notices.length === 0 ? {} : { notices: owner.notices }),
  };
};

/** What the audience did with one video; one that TikTok does not show has no data. */
export const metricsIn = (video: ListedVideo | undefined): outcome.MetricsOutcome => {
  if (!video) return { kind: 'no_data' };
  const counts = {
    views: video.view_count,
    likes: video.like_count,
    comments: video.comment_count,
    shares: video.share_count,
    permalink: video.share_url,
  };
  return { kind: 'metrics', ...Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== undefined)) };
};
