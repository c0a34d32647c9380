import { Injectable } from '@nestjs/common';
import { AccountTrouble } from '../../../accounts/index.js';
import { HOUR_MS, plusMs } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import type { TroubleReason } from '../../domain/targets/target-state.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';

/** Refusals that blame the account, of so many different posts within an hour, are no odd post's fault. */
const ENOUGH_REFUSALS = 2;
const WITHIN_MS = HOUR_MS;

/** Takes an account out whose trouble only its owner can end; its later targets are held or go elsewhere. */
@Injectable()
export class ReportTrouble {
  constructor(
    private readonly trouble: AccountTrouble,
    private readonly targets: TargetStore,
    private readonly engine: Engine,
  ) {}

  /** In the transaction that has written the refusal. A refused token is refreshed first: nothing happens here. */
  async execute({ accountId }: TargetRecord, reason: TroubleReason, tx: Tx): Promise<void> {
    if (reason === 'token_refused') return;
    if (reason === 'refused' && !(await this.isEnough(accountId, tx))) return;
    await this.trouble.needsReconnect(accountId, STATUS_REASON[reason], tx);
  }

  private async isEnough(accountId: string, tx: Tx): Promise<boolean> {
    const since = plusMs(this.engine.now(), -this.engine.waitMs(WITHIN_MS));
    return (await this.targets.postsRefusedForAccount(accountId, since, tx)) >= ENOUGH_REFUSALS;
  }
}

const STATUS_REASON = { reconnect: 'reconnect', refused: 'refused_by_platform', banned: 'banned_by_platform' } as const;
