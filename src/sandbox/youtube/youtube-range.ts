import type { Call, Reply } from '../http/call.js';
import { header } from '../http/call.js';
import type { UploadSession } from './youtube-state.js';

/** All chunks but the last are multiples of this (`platforms.md` 3.3). */
const CHUNK_UNIT_BYTES = 262_144;

/** Bytes `first` to `last` of `total`, both inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
  readonly total: number;
}

/** `Content-Range: bytes *\/total` without a body asks how far we are. */
export const isProbe = (call: Call): boolean => /^bytes \*\/(\d+|\*)$/.test(header(call, 'content-range') ?? '');

/** A probe must name the session's own total, if it names one. */
export const isProbeOf = (call: Call, { totalBytes }: UploadSession): boolean => {
  const total = /\/(\d+)$/.exec(header(call, 'content-range') ?? '')?.[1];
  return total === undefined || totalBytes === undefined || Number(total) === totalBytes;
};

/** @returns the range of a PUT with bytes, or what is wrong with it; without `Content-Range` one PUT carries all */
export const readRange = (call: Call, session: UploadSession): ByteRange | string => {
  const length = Number(header(call, 'content-length') ?? NaN);
  const range = parse(header(call, 'content-range'), session.totalBytes ?? length);
  if (!range) return 'Malformed Content-Range.';
  const { first, last, total } = range;
  const bytes = last - first + 1;
  if (session.totalBytes !== undefined && session.totalBytes !== total) return 'The total changed.';
  if (!Number.isNaN(length) && length !== bytes) return 'Content-Length and Content-Range do not agree.';
  return last === total - 1 || bytes % CHUNK_UNIT_BYTES === 0 ? range : 'Not a multiple of 256 KiB.';
};

const parse = (value: string | undefined, everything: number): ByteRange | undefined => {
  if (value === undefined) return everything > 0 ? { first: 0, last: everything - 1, total: everything } : undefined;
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(value);
  if (!match) return undefined;
  const [first, last, total] = match.slice(1).map(Number) as [number, number, number];
  return last >= first && last < total ? { first, last, total } : undefined;
};

/** 308 with what is stored; no `Range` when nothing is. */
export const incomplete = ({ tally }: UploadSession): Reply => ({
  status: 308,
  headers: tally.bytes > 0 ? { range: `bytes=0-${tally.bytes - 1}` } : {},
});
