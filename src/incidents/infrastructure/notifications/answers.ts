import type { z } from 'zod';

/** The answer as the shape we rely on; undefined for anything else: HTML, truncated JSON, a wrong type. */
export const readBody = <T>(text: string, shape: z.ZodType<T>): T | undefined => {
  try {
    const read = shape.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
};

const MAX_DETAIL = 200;

/** Another server's words, fit for the ledger: without our secrets, on one line, short. */
export const hidden = (words: string, secrets: readonly string[]): string =>
  secrets
    .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), words)
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, MAX_DETAIL)
    .toWellFormed();
