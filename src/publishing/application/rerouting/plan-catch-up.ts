import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { CreateReplacement } from './create-replacement.js';

const CAUSE = {
  actor: 'failback',
  reasons: [{ code: 'origin_recovered', text: 'The platform is healthy again.' }],
} as const;

/** Gives a moved run its catch-up on its own account, due at once. */
@Injectable()
export class PlanCatchUp {
  constructor(
    private readonly createReplacement: CreateReplacement,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @returns false when the account carries the run already */
  async execute(target: TargetRecord): Promise<boolean> {
    const plan = { origin: target, accountId: target.accountId, role: 'catch_up', cause: CAUSE } as const;
    try {
      await this.unitOfWork.run((tx) => this.createReplacement.execute(plan, tx));
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'target.account_taken') return false;
      throw error;
    }
  }
}
