import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { codeRefused, totpNotBegun, totpOn } from '../../domain/members/access.errors.js';
import { mintRecoveryCode, RECOVERY_CODES } from '../../domain/members/recovery-code.js';
import { SecondFactors } from '../../domain/members/second-factors.port.js';
import { TotpCodes } from '../../domain/members/totp-codes.port.js';
import { ProvePerson } from './prove-person.js';
import type { SignedIn } from './session-desk.js';
import { NoteFactor } from './note-factor.js';

/** What an app is fed with; shown once. */
export interface Enrolment {
  readonly secret: string;
  readonly otpauthUrl: string;
}

/** Puts an app beside the password: the secret first, then a code that proves the app has it. */
@Injectable()
export class EnrolTotp {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly prove: ProvePerson,
    private readonly factors: SecondFactors,
    private readonly codes: TotpCodes,
    private readonly note: NoteFactor,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `totp.on`, `sign_in.refused`, `sign_in.too_many` */
  async begin(by: SignedIn, { password, address }: { password: string; address: string }): Promise<Enrolment> {
    const proved = await this.prove.execute(by.personId, password, address);
    const secret = this.codes.newSecret();
    await this.unitOfWork.run(async (tx) => {
      await this.prove.settle(proved, tx);
      if (!(await this.factors.begin(by.personId, secret, tx))) throw totpOn();
    });
    return { secret, otpauthUrl: this.codes.urlOf(secret, proved.person.email) };
  }

  /**
   * Turns it on; every other session ends, since they began without it.
   * @returns recovery codes, shown once
   * @throws DomainError `totp.on`, `totp.not_begun`, `sign_in.code_refused`
   */
  confirm(by: SignedIn, code: string): Promise<readonly string[]> {
    return this.unitOfWork.run(async (tx) => {
      const factor = await this.factors.of(by.personId, tx);
      if (!factor) throw totpNotBegun();
      if (factor.isOn) throw totpOn();
      const step = this.codes.stepOf(factor.secret, code, this.clock.now());
      if (step === undefined) throw codeRefused();
      // In another tab it was turned on, or begun again: then this code proves a secret that is gone.
      if (!(await this.factors.turnOn(by.personId, factor.id, step, tx)))
        throw (await this.factors.of(by.personId, tx))?.isOn ? totpOn() : codeRefused();
      await this.note.turnedOn(by, tx);
      return this.renewCodes(by.personId, tx);
    });
  }

  /** The ones before are dead. @returns ten, shown once */
  async renewCodes(personId: string, tx: Tx): Promise<readonly string[]> {
    const minted = Array.from({ length: RECOVERY_CODES }, () => mintRecoveryCode(randomBytes));
    const hashes = minted.map(({ hash }) => hash);
    await this.factors.setRecoveryCodes(personId, hashes, tx);
    return minted.map(({ plain }) => plain);
  }
}
