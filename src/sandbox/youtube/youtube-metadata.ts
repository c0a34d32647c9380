import type { Reply } from '../http/call.js';
import { youtubeError } from './youtube-errors.js';

/** The snippet and status a video was started with. */
export interface VideoMetadata {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly categoryId: string;
  readonly privacyStatus: string;
}

/** Limits of `platforms.md` 3.3. */
const MAX_TITLE_CHARS = 100;
const MAX_DESCRIPTION_BYTES = 5_000;
const MAX_TAG_CHARS = 500;
const PRIVACY = ['public', 'unlisted', 'private'];

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Commas between tags count, and so do the quotes around a tag with a space. */
const tagChars = (tags: readonly string[]): number =>
  tags.reduce((sum, tag) => sum + tag.length + (tag.includes(' ') ? 2 : 0), Math.max(0, tags.length - 1));

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const faultOf = (metadata: VideoMetadata): string | undefined => {
  const { title, description, tags, privacyStatus } = metadata;
  const hasAngles = (value: string): boolean => /[<>]/.test(value);
  if (!title || [...title].length > MAX_TITLE_CHARS || hasAngles(title)) return 'invalidTitle';
  if (Buffer.byteLength(description) > MAX_DESCRIPTION_BYTES || hasAngles(description)) return 'invalidDescription';
  if (tagChars(tags) > MAX_TAG_CHARS || tags.some(hasAngles)) return 'invalidTags';
  return PRIVACY.includes(privacyStatus) ? undefined : 'invalidVideoMetadata';
};

/** Reads and checks the JSON of an upload start. @returns the metadata or YouTube's refusal */
export const readMetadata = (body: Readonly<Record<string, unknown>>): VideoMetadata | Reply => {
  const snippet = record(body['snippet']);
  const status = record(body['status']);
  const tags = Array.isArray(snippet['tags']) ? snippet['tags'].map(String) : [];
  const metadata = {
    title: text(snippet['title']),
    description: text(snippet['description']),
    tags,
    categoryId: text(snippet['categoryId']) || '22',
    privacyStatus: text(status['privacyStatus']) || 'public',
  };
  const fault = faultOf(metadata);
  return fault === undefined ? metadata : youtubeError(400, fault, `The request metadata is invalid: ${fault}.`);
};
