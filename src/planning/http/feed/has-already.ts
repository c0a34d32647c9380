/** What a reader says it has. */
export interface Conditions {
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
}

/** What there is. */
export interface Validators {
  /** With its quotes. */
  readonly etag: string;
  /** Whole seconds. */
  readonly changedAt: Date;
}

/** Whether 304 is the answer (RFC 9110, sections 13.1.2, 13.1.3 and 13.2.2): a tag decides alone where one is sent. */
export const hasAlready = ({ ifNoneMatch, ifModifiedSince }: Conditions, { etag, changedAt }: Validators): boolean => {
  if (ifNoneMatch !== undefined)
    return ifNoneMatch.split(',').some((known) => [etag, '*'].includes(known.trim().replace(/^W\//, '')));
  const since = ifModifiedSince === undefined ? Number.NaN : Date.parse(ifModifiedSince);
  return changedAt.getTime() <= since;
};
