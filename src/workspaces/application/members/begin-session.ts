import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import { sessionEnded } from '../../domain/members/access.errors.js';
import { hashOfToken, mintToken } from '../../domain/members/link-token.js';
import type { Membership, Person } from '../../domain/members/member.js';
import { type SignInPlace, Sessions } from '../../domain/members/sessions.port.js';

/** Who enters which workspace, and how. */
export interface Entry {
  readonly person: Pick<Person, 'id' | 'passwordHash'>;
  readonly membership: Pick<Membership, 'memberId' | 'workspaceId'>;
  readonly place: SignInPlace;
  /** The token the browser came with: its session ends, so that no session outlives a change of rights. */
  readonly replaces?: string | undefined;
}

/** A session that has just begun; `token` is in the answer's cookie and nowhere else. */
export interface BegunSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Begins sessions, always with a token of their own. */
@Injectable()
export class BeginSession {
  constructor(
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `session.ended` when the membership or the password went away meanwhile */
  async execute({ person, membership, place, replaces }: Entry, tx: Tx): Promise<BegunSession> {
    const { memberId, workspaceId } = membership;
    const old = replaces === undefined ? undefined : hashOfToken(replaces);
    if (old) await this.sessions.endByToken(old, tx);
    const { plain, hash: tokenHash } = mintToken(randomBytes);
    const wish = { ...place, tokenHash, memberId, workspaceId, personId: person.id, passwordHash: person.passwordHash };
    const begun = await this.sessions.begin(wish, tx);
    if (!begun) throw sessionEnded();
    const entry = { workspaceId, actor: `member:${memberId}`, action: 'session.begun', subjectId: begun.id };
    await this.audit.append({ ...entry, detail: { address: place.address } }, tx);
    return { token: plain, expiresAt: begun.expiresAt };
  }
}
