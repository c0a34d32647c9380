import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { codeRefused, totpRequired } from '../../domain/members/access.errors.js';
import { hashOfRecoveryCode } from '../../domain/members/recovery-code.js';
import { SecondFactors } from '../../domain/members/second-factors.port.js';
import { TotpCodes } from '../../domain/members/totp-codes.port.js';

/**
 * Demands the second factor of who has one, beside what was proved already. The caller counts the try: what is refused
 * here must not give it back, or a stolen password could try codes for ever.
 */
@Injectable()
export class CheckSecondFactor {
  constructor(
    private readonly factors: SecondFactors,
    private readonly codes: TotpCodes,
    private readonly clock: Clock,
  ) {}

  /**
   * @param code six digits of the app, or a recovery code; each works once
   * @throws DomainError `sign_in.totp_required` without a code, `sign_in.code_refused`
   */
  async execute(personId: string, code: string | undefined, tx: Tx): Promise<void> {
    const factor = await this.factors.of(personId, tx);
    if (!factor?.isOn) return;
    if (code === undefined || code.trim() === '') throw totpRequired();
    const step = this.codes.stepOf(factor.secret, code, this.clock.now());
    const recovery = hashOfRecoveryCode(code);
    const isTaken =
      (step !== undefined && (await this.factors.useStep(personId, step, tx))) ||
      (recovery !== undefined && (await this.factors.useRecoveryCode(personId, recovery, tx)));
    if (!isTaken) throw codeRefused();
  }
}
