import { DomainError } from '../../kernel/domain-error.js';

/** The entity tag of a row version. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * The version a caller expects, from `If-Match`; undefined when it sent none (or `*`).
 * @throws DomainError `request.bad_if_match`
 */
export const expectedVersion = (ifMatch: string | undefined): number | undefined => {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const match = /^(?:W\/)?"(\d+)"$/.exec(ifMatch.trim());
  if (!match)
    throw new DomainError('invalid', 'request.bad_if_match', 'If-Match must be the ETag of an earlier answer.');
  return Number(match[1]);
};

/** @throws DomainError `<thing>.changed` when the caller's version is not the stored one */
export const assertVersion = (thing: string, expected: number | undefined, actual: number): void => {
  if (expected === undefined || expected === actual) return;
  throw new DomainError(
    'stale',
    `${thing}.changed`,
    `Someone changed this ${thing} meanwhile. Read it again, then retry.`,
    {
      currentETag: etagOf(actual),
    },
  );
};
