import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { totpOff } from '../../domain/members/access.errors.js';
import { SecondFactors } from '../../domain/members/second-factors.port.js';
import { CheckSecondFactor } from './check-second-factor.js';
import { EnrolTotp } from './enrol-totp.js';
import { NoteFactor } from './note-factor.js';
import { ProvePerson } from './prove-person.js';
import type { SignedIn } from './session-desk.js';

/** Both factors, typed again. */
export interface BothFactors {
  readonly password: string;
  readonly code: string;
  readonly address: string;
}

/** What people do with the second factor they have: password and code are asked for again. */
@Injectable()
export class TotpDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly prove: ProvePerson,
    private readonly check: CheckSecondFactor,
    private readonly factors: SecondFactors,
    private readonly enrol: EnrolTotp,
    private readonly note: NoteFactor,
  ) {}

  /** @throws DomainError `totp.off`, `sign_in.refused`, `sign_in.code_refused`, `sign_in.too_many` */
  turnOff(by: SignedIn, both: BothFactors): Promise<void> {
    return this.proved(by, both, async (tx) => {
      await this.factors.remove(by.personId, tx);
      await this.note.turnedOff(by, tx);
    });
  }

  /** @returns ten new ones, shown once @throws DomainError as `turnOff` */
  renewCodes(by: SignedIn, both: BothFactors): Promise<readonly string[]> {
    return this.proved(by, both, async (tx) => {
      await this.note.codesRenewed(by, tx);
      return this.enrol.renewCodes(by.personId, tx);
    });
  }

  private async proved<T>(
    by: SignedIn,
    { password, code, address }: BothFactors,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    if (!(await this.factors.of(by.personId))?.isOn) throw totpOff();
    const proved = await this.prove.execute(by.personId, password, address);
    return this.unitOfWork.run(async (tx) => {
      await this.check.execute(by.personId, code, tx);
      await this.prove.settle(proved, tx);
      return work(tx);
    });
  }
}
