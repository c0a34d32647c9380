import type { Call, Reply } from '../http/call.js';
import { youtubeError } from './youtube-errors.js';

const MAX_IDS = 50;

/** A list parameter as YouTube takes it: comma separated, repeated, or both. */
export const listed = (call: Call, name: string): readonly string[] =>
  call.url.searchParams.getAll(name).flatMap((value) => value.split(',').flatMap((item) => item.trim() || []));

/** @returns the parts asked for, or the refusal when there are none or one is unknown */
export const readParts = (call: Call, known: readonly string[]): readonly string[] | Reply => {
  const parts = listed(call, 'part');
  if (parts.length === 0) return youtubeError(400, 'required', 'Required parameter: part', 'global');
  const unknown = parts.find((part) => !known.includes(part));
  return unknown === undefined ? parts : youtubeError(400, 'unknownPart', `'${unknown}'`, 'youtube.part');
};

/** @returns at most 50 video ids, or the refusal */
export const readIds = (call: Call): readonly string[] | Reply => {
  const ids = listed(call, 'id');
  if (ids.length === 0) {
    return youtubeError(400, 'missingRequiredParameter', 'No filter selected.', 'youtube.parameter');
  }
  return ids.length <= MAX_IDS ? ids : youtubeError(400, 'invalidFilters', 'At most 50 ids.', 'youtube.parameter');
};

export const isReply = (value: object): value is Reply => 'status' in value;
