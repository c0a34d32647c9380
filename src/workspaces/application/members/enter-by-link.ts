import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { linkDead } from '../../domain/members/access.errors.js';
import { AccessLinks } from '../../domain/members/access-links.port.js';
import { hashOfToken } from '../../domain/members/link-token.js';
import { People } from '../../domain/members/people.port.js';
import type { SignInPlace } from '../../domain/members/sessions.port.js';
import { type BegunSession, BeginSession } from './begin-session.js';
import { CheckSecondFactor } from './check-second-factor.js';
import { GuardTries } from './guard-tries.js';

/** A link that whoever runs the server made for a member. */
export interface LinkEntry {
  readonly token: string;
  /** Of the app, or a recovery code; for who has a second factor. */
  readonly code?: string | undefined;
  readonly place: SignInPlace;
  readonly replaces?: string | undefined;
}

/** Lets a member in by an operator's link, once: it stands for the password. */
@Injectable()
export class EnterByLink {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: AccessLinks,
    private readonly people: People,
    private readonly tries: GuardTries,
    private readonly factor: CheckSecondFactor,
    private readonly begin: BeginSession,
  ) {}

  /**
   * A code that is missing or refused does not use the link up.
   * @throws DomainError `link.dead`, `sign_in.totp_required`, `sign_in.code_refused`, `sign_in.too_many`
   */
  async execute({ token, code, place, replaces }: LinkEntry): Promise<BegunSession> {
    const hash = hashOfToken(token);
    const link = hash && (await this.links.byToken('sign_in', hash));
    if (link?.state !== 'open' || link.memberId === null) throw linkDead();
    const { id, workspaceId, memberId } = link;
    const person = await this.people.ofMember(workspaceId, memberId);
    if (!person) throw linkDead();
    const tries = await this.tries.take({ account: person.email, address: place.address });
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.links.claim(id, tx))) throw linkDead();
      await this.factor.execute(person.id, code, tx);
      await this.tries.settle(tries, tx);
      return this.begin.execute({ person, membership: { memberId, workspaceId }, place, replaces }, tx);
    });
  }
}
