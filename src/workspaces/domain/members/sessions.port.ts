import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Role } from './role.js';

/** How long sessions last, ms. */
export interface SessionLimits {
  /** Without a request. */
  readonly idleMs: number;
  /** Whatever happens. NIST SP 800-63B-4, 2.1.3: at most 30 days where a password alone signs in. */
  readonly maxMs: number;
}

/** Where a person signs in from. */
export interface SignInPlace {
  readonly address: string;
  /** What the browser calls itself; at most 300 characters. */
  readonly userAgent: string;
}

export interface NewSession extends SignInPlace {
  readonly tokenHash: Buffer;
  readonly memberId: string;
  readonly workspaceId: WorkspaceId;
  readonly personId: string;
  /** The hash that was verified: a password that changed meanwhile opens nothing. */
  readonly passwordHash: string;
}

/** Who a live session stands for. */
export interface LiveSession {
  readonly id: string;
  readonly memberId: string;
  readonly workspaceId: WorkspaceId;
  readonly personId: string;
  readonly role: Role;
  readonly expiresAt: Date;
  /** The person has a second factor. */
  readonly hasTotp: boolean;
  /** The workspace demands one. */
  readonly requiresTotp: boolean;
  /** Longer ago than the clock of "last seen" is fine. */
  readonly isToBeSeen: boolean;
}

/** The workspace demands a second factor and the person has none: nothing else is open to them there. */
export const mustSetUpTotp = ({ hasTotp, requiresTotp }: Pick<LiveSession, 'hasTotp' | 'requiresTotp'>): boolean =>
  requiresTotp && !hasTotp;

/** One of a person's sessions, as the person sees it. */
export interface ListedSession extends SignInPlace {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** Who is signed in. */
export abstract class Sessions {
  /** @returns undefined when the member is gone or the password is another one by now */
  abstract begin(session: NewSession, tx: Tx): Promise<{ readonly id: string; readonly expiresAt: Date } | undefined>;
  /** The session of a token, if it has not ended. */
  abstract live(tokenHash: Buffer): Promise<LiveSession | undefined>;
  /** Notes that it was used now. */
  abstract see(id: string): Promise<void>;
  abstract ofPerson(personId: string): Promise<readonly ListedSession[]>;
  /** @returns false when the person has no such session */
  abstract end(personId: string, id: string, tx: Tx): Promise<boolean>;
  abstract endByToken(tokenHash: Buffer, tx: Tx): Promise<void>;
  /** @param except stays; undefined: none @returns how many ended */
  abstract endAll(personId: string, except: string | undefined, tx: Tx): Promise<number>;
  /** Forgets what has ended. */
  abstract purge(): Promise<number>;
}
