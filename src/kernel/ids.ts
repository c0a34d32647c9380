import { v5, v7 } from 'uuid';

/** A string that names one kind of thing, so that an account id cannot be passed where a target id belongs. */
export type Id<Kind extends string> = string & { readonly __kind?: Kind };

export type WorkspaceId = Id<'workspace'>;
export type AccountId = Id<'account'>;
export type MediaId = Id<'media'>;
export type PostId = Id<'post'>;
export type OccurrenceId = Id<'occurrence'>;
export type TargetId = Id<'target'>;
export type AttemptId = Id<'attempt'>;

/** Namespace of ids that are derived instead of drawn; changing it would let old wake-ups fire again. */
const DERIVED_NAMESPACE = '6f2c1d0e-8a3b-4c59-9d4e-2f7b6a1c0e55';

/** A fresh id, time-ordered (UUID version 7), so that inserts stay at the end of the index. */
export const newId = (): string => v7();

/** The same id for the same parts, always (UUID version 5); makes "send it again" harmless. */
export const derivedId = (...parts: readonly (string | number)[]): string => v5(parts.join('|'), DERIVED_NAMESPACE);
