/**
 * What a line of the ledger is about.
 * - `signal`: observations of one minute, counted; `transition`: a change of health with its evidence
 * - `advisory`: what others say of the platform: a status page, a crowd
 * - `decision`: what became of one target; `override`: a person pinned the health or paused the platform, or took that back
 * - `audience`: a message to the backup list; `note`: a person's remark
 */
export const ENTRY_KINDS = ['signal', 'transition', 'advisory', 'decision', 'override', 'audience', 'note'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One line of an incident's ledger. Written once, never changed. */
export interface LedgerEntry {
  readonly id: string;
  readonly at: Date;
  readonly kind: EntryKind;
  /** The kind's own word: an event type (`post.rerouted`), a state, a scope. */
  readonly type: string;
  /** null: of the platform itself, the same for every workspace. */
  readonly workspaceId: string | null;
  /** The target, broadcast or override it is about. */
  readonly subjectId: string | null;
  readonly actor: string | null;
  /** One sentence for a person. */
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A line before its incident is known. */
export interface EntryDraft extends Omit<LedgerEntry, 'id'> {
  /** Where it comes from; the same source makes one line per incident, however often it is read. */
  readonly sourceKey: string;
}

/** How the incident of a draft is found. */
export type EntryPlace =
  /** Its incident is named. */
  | { readonly by: 'incident'; readonly incidentId: string }
  /** The incidents that the target's platform and region were in, and those its root met. */
  | { readonly by: 'target'; readonly targetId: string }
  /** The incidents of the platform then; null: of every region. */
  | { readonly by: 'platform'; readonly platform: string; readonly region: string | null };

export interface PlacedDraft {
  readonly draft: EntryDraft;
  readonly place: EntryPlace;
}
