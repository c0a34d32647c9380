import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { HandOffs } from '../../domain/hand-off/hand-offs.port.js';
import { SettleHandOff } from './settle-hand-off.js';

const BATCH = 100;

/** Ends hand-offs that nobody answered: their targets need a decision, never a guess. */
@Injectable()
export class ExpireHandOffs {
  private readonly logger = new Logger('HandOffs');

  constructor(
    private readonly handOffs: HandOffs,
    private readonly settle: SettleHandOff,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @returns how many ended */
  async runOnce(): Promise<number> {
    const overdue = await this.handOffs.overdue(BATCH);
    let ended = 0;
    for (const id of overdue) ended += Number(await this.expire(id));
    return ended;
  }

  /** A word that came in this moment wins; one that cannot be written must not stop those behind it. */
  private async expire(id: string): Promise<boolean> {
    try {
      await this.unitOfWork.run((tx) => this.settle.execute(id, { event: 'expire', by: 'clock' }, tx));
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.logger.warn({ err: error, handOffId: id }, 'A hand-off cannot expire');
      return false;
    }
  }
}
