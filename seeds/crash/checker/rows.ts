/** Plain rows for the checker: what the tables and the sandbox say. Instants are epoch milliseconds. */

export interface TargetRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly postId: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly role: string;
  readonly rootId: string;
  readonly replacementId: string | null;
  readonly status: string;
  readonly version: number;
  readonly scheduledAt: number;
  readonly staleAt: number;
  readonly nextCheckAt: number | null;
  readonly holdUntil: number | null;
  readonly holdReason: string | null;
  readonly platformPostId: string | null;
  readonly platformHandle: string | null;
  readonly publishedAt: number | null;
  readonly outcome: string | null;
  readonly detail: string | null;
  /** The words it sends. */
  readonly caption: string;
}

export interface AttemptRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly targetId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly no: number;
  readonly version: number;
  readonly fence: number;
  readonly workerId: string;
  readonly state: string;
  readonly handle: string | null;
  readonly commitStartedAt: number | null;
  readonly callDeadlineAt: number | null;
  readonly outcomeAt: number | null;
  readonly createdAt: number;
}

export interface IntentRow {
  readonly targetId: string;
  readonly version: number;
  readonly fence: number;
  readonly at: number;
  readonly takenBy: string;
}

export interface EventRow {
  readonly targetId: string;
  readonly seq: number;
  readonly from: string | null;
  readonly to: string;
  readonly cause: string;
  readonly actor: string;
  readonly at: number;
}

export interface AccountRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly platform: string;
  readonly externalId: string;
}

export interface PostRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly tags: readonly string[];
}

export interface RouteRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly scope: string;
  readonly scopeId: string;
  readonly platform: string;
  readonly fallbacks: readonly string[];
}

/** One mail of a broadcast in our ledger. */
export interface RecipientRow {
  readonly broadcastId: string;
  readonly workspaceId: string;
  readonly subscriberId: string;
  readonly email: string | null;
  readonly subject: string;
}

/** Somebody who left the list, and when. */
export interface LeftRow {
  readonly email: string;
  readonly at: number;
}

/** A post as a platform really keeps it. */
export interface TruthPost {
  readonly platform: string;
  readonly accountExternalId: string;
  readonly platformPostId: string | null;
  readonly handle: string;
  readonly caption: string;
  readonly createdAt: number;
  readonly liveAt: number | null;
}

/** A request that arrived at a platform. */
export interface TruthCall {
  readonly platform: string;
  readonly step: string;
  readonly accountExternalId: string | null;
  readonly at: number;
}

/** A mail that the mail server took. */
export interface TruthMail {
  readonly to: string;
  readonly subject: string;
  readonly at: number;
}

/** What was true of some targets at one moment of the run. */
export interface Snapshot {
  readonly at: number;
  /** Since when there was always a worker that showed it lives; null: there is none now. */
  readonly aliveSince: number | null;
  /** Due and not leased, not queued, not held with a deadline ahead. */
  readonly idle: readonly { readonly targetId: string; readonly version: number; readonly dueAt: number }[];
  /** Past `staleAt` and not terminal. */
  readonly stale: readonly StaleRow[];
  /** Attempts that are open. */
  readonly open: readonly {
    readonly attemptId: string;
    readonly targetId: string;
    readonly postId: string;
    readonly accountId: string;
  }[];
}

export interface StaleRow {
  readonly targetId: string;
  readonly status: string;
  readonly staleAt: number;
  readonly nextCheckAt: number | null;
  readonly callDeadlineAt: number | null;
}

/** `kill -9` of one process, with the names it had in the table `worker`. */
export interface Kill {
  readonly at: number;
  readonly step: string;
  readonly workerIds: readonly string[];
}

/** Everything there is to judge. */
export interface History {
  readonly targets: readonly TargetRow[];
  readonly attempts: readonly AttemptRow[];
  readonly intents: readonly IntentRow[];
  readonly events: readonly EventRow[];
  readonly accounts: readonly AccountRow[];
  readonly posts: readonly PostRow[];
  readonly routes: readonly RouteRow[];
  readonly recipients: readonly RecipientRow[];
  readonly left: readonly LeftRow[];
  readonly truth: readonly TruthPost[];
  readonly calls: readonly TruthCall[];
  readonly mails: readonly TruthMail[];
  readonly snapshots: readonly Snapshot[];
  readonly kills: readonly Kill[];
  /** When the API said yes to a cancel, or to new words for all targets of a post. */
  readonly cancels: readonly { readonly targetId: string; readonly at: number }[];
  readonly edits: readonly { readonly targetId: string; readonly caption: string; readonly at: number }[];
  /** Origins whose cancel or edit was raced: judged like all others, counted apart. */
  readonly raced: readonly string[];
  /** When everything above was read. */
  readonly readAt: number;
}

/** A broken promise: which, about what, in one sentence. */
export interface Violation {
  readonly invariant: string;
  readonly ids: readonly string[];
  readonly sentence: string;
}

/** Clocks of one machine, read by two programs and rounded to milliseconds. */
export const ROUNDING_MS = 2;

export const OPEN_STATES: readonly string[] = ['armed', 'intended', 'processing', 'unknown'];
export const TERMINAL: readonly string[] = ['published', 'rerouted', 'missed', 'failed', 'cancelled'];
