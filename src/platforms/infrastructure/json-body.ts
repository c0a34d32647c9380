import { isSafeNumber, parse } from 'lossless-json';
import type { z } from 'zod';

/** Numbers that a double cannot hold exactly stay strings: TikTok's post ids exceed 2^53. */
const exactNumber = (text: string): number | string => (isSafeNumber(text) ? Number(text) : text);

/** PostgreSQL keeps neither NUL nor half of a surrogate pair, and no platform's text means them. */
const keepable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;

/**
 * The answer as the shape we rely on, or `undefined` for anything else: HTML, truncated JSON, a wrong type.
 * Integers beyond 2^53 arrive as strings; texts without what no database keeps.
 */
export const readJson = <T>(text: string, shape: z.ZodType<T>): T | undefined => {
  try {
    const read = shape.safeParse(parse(text, keepable, exactNumber));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
};
