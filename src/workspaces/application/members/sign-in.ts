import { Injectable } from '@nestjs/common';
import { normaliseEmail } from '../../../kernel/email-address.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { noWorkspace, signInRefused } from '../../domain/members/access.errors.js';
import type { Person } from '../../domain/members/member.js';
import { PasswordHasher } from '../../domain/members/password-hasher.port.js';
import { People } from '../../domain/members/people.port.js';
import type { SignInPlace } from '../../domain/members/sessions.port.js';
import { type BegunSession, BeginSession } from './begin-session.js';
import { CheckSecondFactor } from './check-second-factor.js';
import { GuardTries } from './guard-tries.js';

/** What a person types, and where. */
export interface SignInWish {
  readonly email: string;
  readonly password: string;
  /** Of the app, or a recovery code; for who has a second factor. */
  readonly code?: string | undefined;
  /** Which one to enter; the longest membership when left out. */
  readonly workspaceId?: WorkspaceId;
  readonly place: SignInPlace;
  /** The token the browser came with. */
  readonly replaces?: string | undefined;
}

/** Lets a person in by address and password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: People,
    private readonly hasher: PasswordHasher,
    private readonly tries: GuardTries,
    private readonly begin: BeginSession,
    private readonly factor: CheckSecondFactor,
  ) {}

  /**
   * @throws DomainError `sign_in.refused`, `sign_in.totp_required`, `sign_in.code_refused`, `sign_in.too_many`,
   *   `sign_in.no_workspace`, `sign_in.busy`
   */
  async execute(wish: SignInWish): Promise<BegunSession> {
    const email = normaliseEmail(wish.email);
    const keys = await this.tries.take({ account: email ?? wish.email, address: wish.place.address });
    const person = email === undefined ? undefined : await this.people.byEmail(email);
    const { isRight, isOutdated } = await this.hasher.verify(wish.password, person?.passwordHash);
    if (!person || !isRight) throw signInRefused();
    const passwordHash = isOutdated ? await this.hasher.hash(wish.password) : undefined;
    return this.unitOfWork.run(async (tx) => {
      await this.factor.execute(person.id, wish.code, tx);
      await this.tries.settle(keys, tx);
      return this.enter(await this.renewed(person, passwordHash, tx), wish, tx);
    });
  }

  private async enter(person: Person, { workspaceId, place, replaces }: SignInWish, tx: Tx): Promise<BegunSession> {
    const memberships = await this.people.memberships(person.id, tx);
    const membership = memberships.find((one) => workspaceId === undefined || one.workspaceId === workspaceId);
    if (!membership) throw noWorkspace();
    return this.begin.execute({ person, membership, place, replaces }, tx);
  }

  /** The same password at the present cost. */
  private async renewed(person: Person, passwordHash: string | undefined, tx: Tx): Promise<Person> {
    if (passwordHash === undefined) return person;
    const isSet = await this.people.setPassword(person.id, { passwordHash, was: person.passwordHash }, tx);
    return isSet ? { ...person, passwordHash } : person;
  }
}
