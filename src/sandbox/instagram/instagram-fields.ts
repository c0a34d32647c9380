import type { Reply } from '../http/call.js';
import { graphError } from './instagram-errors.js';

/** Limits of `platforms.md` 2.2. */
const MAX_CAPTION_CHARS = 2_200;
const MAX_HASHTAGS = 30;
const MAX_MENTIONS = 20;
const MAX_COLLABORATORS = 3;

type Fields = Readonly<Record<string, string>>;

/** Everything Instagram refuses in the fields of `POST /{ig-id}/media`. */
export const refuseFields = (fields: Fields): Reply | undefined => {
  const caption = fields['caption'] ?? '';
  if (fields['media_type'] !== 'REELS')
    return graphError({ code: 100, subcode: 2207023, message: 'The media type is unknown.' });
  if (caption.length > MAX_CAPTION_CHARS)
    return graphError({ code: 36004, subcode: 2207010, message: 'The caption was too long.' });
  if ((caption.match(/@\w/g)?.length ?? 0) > MAX_MENTIONS)
    return graphError({ code: 100, subcode: 2207040, message: 'Too many tags.' });
  if ((caption.match(/#\w/g)?.length ?? 0) > MAX_HASHTAGS)
    return graphError({ code: 100, message: 'Too many hashtags.' });
  return refuseSource(fields) ?? refuseOptions(fields);
};

const refuseSource = (fields: Fields): Reply | undefined => {
  const { upload_type: uploadType, video_url: videoUrl } = fields;
  if (uploadType === undefined && videoUrl === undefined) return bad('The parameter video_url is required.');
  if (uploadType !== undefined && videoUrl !== undefined) return bad('video_url and upload_type exclude each other.');
  return uploadType === undefined || uploadType === 'resumable' ? undefined : bad('upload_type must be resumable.');
};

const refuseOptions = (fields: Fields): Reply | undefined => {
  const flags = ['share_to_feed', 'is_ai_generated'].filter((name) => !/^(true|false)$/.test(fields[name] ?? 'true'));
  if (flags.length > 0) return bad(`${flags[0]} must be a boolean.`);
  if (!/^\d+$/.test(fields['thumb_offset'] ?? '0')) return bad('thumb_offset must be a number of milliseconds.');
  const collaborators = (fields['collaborators'] ?? '').split(',').filter((name) => name !== '');
  return collaborators.length > MAX_COLLABORATORS ? bad('Too many collaborators.') : undefined;
};

const bad = (message: string): Reply => graphError({ code: 100, message: `Param: ${message}` });
