/** Where a target stands that needs a person's approval. Only `given` may be published. */
export type ApprovalState = 'waiting' | 'given' | 'rejected';

/** True when a person must speak first; the database refuses such a target as `scheduled` or `publishing`. */
export const isUnapproved = (approval: ApprovalState | undefined): boolean =>
  approval === 'waiting' || approval === 'rejected';
