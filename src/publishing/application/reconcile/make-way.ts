import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import { NoticeInbox } from '../../domain/notices/notice-inbox.port.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TERMINAL_STATUSES } from '../../domain/targets/target-status.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';

/**
 * `free`: the late truth may be written. `busy`: something of it is under way, not now. `rival_live`: another target of
 * the same run on the account is live, so the late one is a second copy.
 */
export type Way = 'free' | 'busy' | 'rival_live';

/**
 * A target that was proven empty may be about to be sent again, by itself or by a catch-up: before its late truth is
 * written that is stopped, in the same transaction. A call that runs is its worker's.
 */
@Injectable()
export class MakeWay {
  constructor(
    private readonly inbox: NoticeInbox,
    private readonly store: TargetStore,
    private readonly journal: AttemptJournal,
  ) {}

  async execute(target: TargetRecord, attemptId: string, tx: Tx): Promise<Way> {
    const { id: targetId, status, version } = target;
    if (status === 'scheduled' || status === 'held')
      return freeIf(await this.store.takeVersion({ targetId, version }, 'hold', tx));
    const open = await this.journal.openOf(targetId, tx);
    if (open) return freeIf(open.id === attemptId && (open.state === 'processing' || open.state === 'unknown'));
    return TERMINAL_STATUSES.includes(status) ? this.takeBackRival(targetId, tx) : 'free';
  }

  private async takeBackRival(targetId: string, tx: Tx): Promise<Way> {
    const rivalId = await this.inbox.rivalOf(targetId, tx);
    const rival = rivalId === undefined ? undefined : await this.store.lock(rivalId, tx);
    if (!rival) return 'free';
    if (rival.status === 'published') return 'rival_live';
    if (rival.status !== 'scheduled' && rival.status !== 'held') return 'busy';
    if (!(await this.store.takeVersion({ targetId: rival.id, version: rival.version }, 'cancel', tx))) return 'busy';
    const reasons = [{ code: 'live_already', text: 'The platform says that this run is live on the account.' }];
    const step = { cause: 'live_already', target: { status: 'cancelled', nextCheckAt: null }, effects: [] } as const;
    await this.store.apply({ target: rival, step, cause: { actor: rival.platform, reasons } }, tx);
    return 'free';
  }
}

const freeIf = (isFree: boolean): Way => (isFree ? 'free' : 'busy');
