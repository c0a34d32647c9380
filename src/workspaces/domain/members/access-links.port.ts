import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';

/** What a link opens: the set-up of a new installation, or the session of one member. */
export type AccessLinkKind = 'setup' | 'sign_in';

/** `replaced`: a later start of the server made another one. */
export type AccessLinkState = 'open' | 'used' | 'replaced' | 'expired';

/** A link that works once, without its secret. */
export interface AccessLink {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  /** Whom it lets in; null: the set-up, which makes its member. */
  readonly memberId: string | null;
  readonly state: AccessLinkState;
}

/** A link to be stored. */
export interface NewAccessLink {
  readonly kind: AccessLinkKind;
  readonly tokenHash: Buffer;
  readonly workspaceId: WorkspaceId;
  readonly memberId?: string;
  readonly forMs: number;
}

/** Links that whoever runs the server hands out by hand. */
export abstract class AccessLinks {
  /** A set-up link replaces the one before. */
  abstract insert(link: NewAccessLink, tx: Tx): Promise<{ readonly id: string; readonly expiresAt: Date }>;
  abstract byToken(kind: AccessLinkKind, tokenHash: Buffer): Promise<AccessLink | undefined>;
  /** Uses it up. @returns false when somebody else did, or it has ended meanwhile */
  abstract claim(id: string, tx: Tx): Promise<boolean>;
  /** Forgets what ended a month ago. */
  abstract purge(): Promise<number>;
}
