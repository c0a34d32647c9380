import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { sessionEnded, signInRefused } from '../../domain/members/access.errors.js';
import type { Person } from '../../domain/members/member.js';
import { PasswordHasher } from '../../domain/members/password-hasher.port.js';
import { People } from '../../domain/members/people.port.js';
import { GuardTries, type TakenTries } from './guard-tries.js';

/** A person who has just typed their password again. */
export interface ProvedPerson {
  readonly person: Person;
  /** To be settled with what they do. */
  readonly tries: TakenTries;
}

/** Asks for the password again before something that a stolen session must not do. */
@Injectable()
export class ProvePerson {
  constructor(
    private readonly people: People,
    private readonly hasher: PasswordHasher,
    private readonly guard: GuardTries,
  ) {}

  /** @throws DomainError `sign_in.refused`, `sign_in.too_many`, `sign_in.busy`, `session.ended` */
  async execute(personId: string, password: string, address: string): Promise<ProvedPerson> {
    const person = await this.people.byId(personId);
    if (!person) throw sessionEnded();
    const tries = await this.guard.take({ account: person.email, address });
    if (!(await this.hasher.verify(password, person.passwordHash)).isRight) throw signInRefused();
    return { person, tries };
  }

  /** What was asked for is done: the account is open again. */
  settle({ tries }: ProvedPerson, tx: Tx): Promise<void> {
    return this.guard.settle(tries, tx);
  }
}
