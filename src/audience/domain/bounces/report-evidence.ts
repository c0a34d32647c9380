import { createHash } from 'node:crypto';
import { storable } from '../../../kernel/storable.js';

const MAX_EVIDENCE = 500;

const ADDRESS = /[^\s<>()[\],;:"']{1,64}@[^\s<>()[\],;:"']{1,253}/g;

/**
 * Words of strangers as they are kept: one line, at most 500 characters, no control characters, and no addresses, since
 * the ledger outlives the person's wish to be forgotten.
 */
export const evidenceOf = (words: string): string =>
  storable(
    words
      .slice(0, 4 * MAX_EVIDENCE)
      .replace(ADDRESS, '[address]')
      .replace(/\s+/g, ' ')
      .trim(),
    MAX_EVIDENCE,
  );

/** A short name that is the same for the same report. */
export const reportKeyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('base64url');
