import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { sessionEnded, signInRefused } from '../../domain/members/access.errors.js';
import { PasswordHasher } from '../../domain/members/password-hasher.port.js';
import { People } from '../../domain/members/people.port.js';
import type { SignInPlace } from '../../domain/members/sessions.port.js';
import type { BegunSession } from './begin-session.js';
import { GuardTries } from './guard-tries.js';
import { assertPassword } from './assert-password.js';
import { PasswordSessions } from './password-sessions.js';
import type { SignedIn } from './session-desk.js';

export interface PasswordChange {
  readonly current: string;
  readonly wanted: string;
  readonly place: SignInPlace;
}

/** A new password of somebody who is signed in and knows the old one. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: People,
    private readonly hasher: PasswordHasher,
    private readonly tries: GuardTries,
    private readonly sessions: PasswordSessions,
  ) {}

  /**
   * Every session ends; the caller gets a new one.
   * @throws DomainError `sign_in.refused` when the old password is wrong, `sign_in.too_many`, `password.*`
   */
  async execute(by: SignedIn & { readonly memberId: string }, change: PasswordChange): Promise<BegunSession> {
    const person = await this.people.byId(by.personId);
    if (!person) throw sessionEnded();
    const keys = await this.tries.take({ account: person.email, address: change.place.address });
    if (!(await this.hasher.verify(change.current, person.passwordHash)).isRight) throw signInRefused();
    assertPassword(change.wanted, person.email);
    const passwordHash = await this.hasher.hash(change.wanted);
    return this.unitOfWork.run(async (tx) => {
      await this.tries.settle(keys, tx);
      const isSet = await this.people.setPassword(person.id, { passwordHash, was: person.passwordHash }, tx);
      if (!isSet) throw sessionEnded();
      const { workspaceId, memberId, actor } = by;
      return this.sessions.renew(
        { person: { id: person.id, passwordHash }, membership: { memberId, workspaceId }, place: change.place },
        actor,
        tx,
      );
    });
  }
}
