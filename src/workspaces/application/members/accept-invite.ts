import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { linkDead, signInRefused } from '../../domain/members/access.errors.js';
import { Invites, type OpenInvite } from '../../domain/members/invites.port.js';
import { hashOfToken } from '../../domain/members/link-token.js';
import type { Person } from '../../domain/members/member.js';
import { PasswordHasher } from '../../domain/members/password-hasher.port.js';
import { People } from '../../domain/members/people.port.js';
import type { SignInPlace } from '../../domain/members/sessions.port.js';
import { assertPassword } from './assert-password.js';
import type { BegunSession } from './begin-session.js';
import { GuardTries } from './guard-tries.js';
import { JoinWorkspace } from './join-workspace.js';

/** What a person answers to an invitation. */
export interface Acceptance {
  readonly token: string;
  /** A new one; of who signs in here already, the one they have. */
  readonly password: string;
  readonly name: string;
  /** Of the app, or a recovery code; for who has a second factor. */
  readonly code?: string | undefined;
  readonly place: SignInPlace;
  readonly replaces?: string | undefined;
}

/** An invitation as its link shows it; `hasAccount`: accepting it takes the password the person already has. */
export interface ShownInvite extends OpenInvite {
  readonly hasAccount: boolean;
}

/** Makes an invited person a member, once. */
@Injectable()
export class AcceptInvite {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly invites: Invites,
    private readonly people: People,
    private readonly hasher: PasswordHasher,
    private readonly tries: GuardTries,
    private readonly join: JoinWorkspace,
  ) {}

  /** @throws DomainError `link.dead` */
  async show(token: string): Promise<ShownInvite> {
    const { invite, known } = await this.find(token);
    return { ...invite, hasAccount: known?.isProved ?? false };
  }

  /** @throws DomainError `link.dead`, `sign_in.*`, `password.*`, `member.exists` */
  async execute(acceptance: Acceptance): Promise<BegunSession> {
    const { hash, invite, known } = await this.find(acceptance.token);
    const passwordHash = await this.hashFor(invite, known, acceptance);
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.invites.claim(hash, tx))) throw linkDead();
      const person = await this.personOf({ invite, known, passwordHash }, acceptance, tx);
      const { code, place, replaces } = acceptance;
      return this.join.execute({ invite, person, code, place, replaces }, tx);
    });
  }

  private async find(token: string): Promise<{ hash: Buffer; invite: OpenInvite; known: Person | undefined }> {
    const hash = hashOfToken(token);
    const invite = hash && (await this.invites.byToken(hash));
    if (!hash || !invite) throw linkDead();
    return { hash, invite, known: await this.people.byEmail(invite.email) };
  }

  /** Whoever has proved the mailbox before shows the password they have; everybody else sets one. */
  private async hashFor(
    { email }: OpenInvite,
    known: Person | undefined,
    { password, place }: Acceptance,
  ): Promise<string> {
    if (!known?.isProved) {
      assertPassword(password, email);
      return this.hasher.hash(password);
    }
    await this.tries.take({ account: email, address: place.address });
    if (!(await this.hasher.verify(password, known.passwordHash)).isRight) throw signInRefused();
    return known.passwordHash;
  }

  private async personOf(
    { invite, known, passwordHash }: { invite: OpenInvite; known: Person | undefined; passwordHash: string },
    { name }: Acceptance,
    tx: Tx,
  ): Promise<Pick<Person, 'id' | 'passwordHash'>> {
    if (known?.isProved) return known;
    if (known) return this.join.takeOver(known.id, passwordHash, tx);
    const person = await this.people.insert({ email: invite.email, name, passwordHash, isProved: true }, tx);
    // Two invitations of one address accepted at once: the later one is answered when it is sent again.
    if (!person) throw linkDead();
    return person;
  }
}
