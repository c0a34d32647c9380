import type { Reply } from '../http/call.js';
import { youtubeError } from './youtube-errors.js';

/** The snippet and status a video was started with. */
export interface VideoMetadata {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly categoryId: string;
  readonly privacyStatus: string;
  readonly license: string;
}

/** Limits of `platforms.md` 3.3. */
const MAX_TITLE_CHARS = 100;
const MAX_DESCRIPTION_BYTES = 5_000;
const MAX_TAG_CHARS = 500;
const PRIVACY = ['public', 'unlisted', 'private'];
const LICENSES = ['youtube', 'creativeCommon'];
const FLAGS = ['selfDeclaredMadeForKids', 'containsSyntheticMedia', 'embeddable', 'publicStatsViewable'];
type Fields = Readonly<Record<string, unknown>>;

const record = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

/** Commas between tags count, and so do the quotes around a tag with a space. */
const tagChars = (tags: readonly string[]): number =>
  tags.reduce((sum, tag) => sum + tag.length + (tag.includes(' ') ? 2 : 0), Math.max(0, tags.length - 1));

const hasAngles = (value: string): boolean => /[<>]/.test(value);
const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

const snippetFault = (snippet: Fields): string | undefined => {
  const { title, description = '', tags = [], categoryId = '22' } = snippet;
  if (typeof title !== 'string' || !title.trim() || [...title].length > MAX_TITLE_CHARS || hasAngles(title)) {
    return 'invalidTitle';
  }
  if (typeof description !== 'string' || hasAngles(description)) return 'invalidDescription';
  if (Buffer.byteLength(description) > MAX_DESCRIPTION_BYTES) return 'invalidDescription';
  if (!Array.isArray(tags) || tags.some((tag) => typeof tag !== 'string' || !tag || hasAngles(tag))) {
    return 'invalidTags';
  }
  if (tagChars(tags as string[]) > MAX_TAG_CHARS) return 'invalidTags';
  if (typeof categoryId !== 'string' || !/^\d{1,3}$/.test(categoryId)) return 'invalidCategoryId';
  return isText(snippet['defaultLanguage']) ? undefined : 'invalidVideoMetadata';
};

const statusFault = (status: Fields): string | undefined => {
  const { privacyStatus = 'public', license = 'youtube', publishAt } = status;
  if (!PRIVACY.some((known) => known === privacyStatus)) return 'invalidVideoMetadata';
  if (!LICENSES.some((known) => known === license)) return 'invalidVideoMetadata';
  if (FLAGS.some((name) => !['undefined', 'boolean'].includes(typeof status[name]))) return 'invalidVideoMetadata';
  if (publishAt === undefined) return undefined;
  const isTime = typeof publishAt === 'string' && !Number.isNaN(Date.parse(publishAt));
  return isTime && privacyStatus === 'private' ? undefined : 'invalidPublishAt';
};

/** Reads and checks the JSON of an upload start. @returns the metadata or YouTube's refusal */
export const readMetadata = (body: Fields): VideoMetadata | Reply => {
  const snippet = record(body['snippet']);
  const status = record(body['status']);
  const fault = snippetFault(snippet) ?? statusFault(status);
  if (fault !== undefined) return youtubeError(400, fault, `The request metadata is invalid: ${fault}.`);
  return {
    title: snippet['title'] as string,
    description: (snippet['description'] as string | undefined) ?? '',
    tags: (snippet['tags'] as string[] | undefined) ?? [],
    categoryId: (snippet['categoryId'] as string | undefined) ?? '22',
    privacyStatus: (status['privacyStatus'] as string | undefined) ?? 'public',
    license: (status['license'] as string | undefined) ?? 'youtube',
  };
};
