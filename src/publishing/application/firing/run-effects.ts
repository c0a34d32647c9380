import { Injectable } from '@nestjs/common';
import { AccountDirectory, AccountTrouble, Quotas } from '../../../accounts/index.js';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { SignalRecorder } from '../../../health/index.js';
import type { Signal } from '../../../health/domain/signal.js';
import { type DomainEvent, EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { happeningOf, targetEvent } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import type { Effect, Step } from '../../domain/targets/target-state.js';
import { SeekReplacement } from '../rerouting/seek-replacement.js';

type CapReported = Extract<Effect, { kind: 'cap_reported' }>;

/** Carries out what a step asks for besides its rows, in the step's transaction. */
@Injectable()
export class RunEffects {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly trouble: AccountTrouble,
    private readonly signals: SignalRecorder,
    private readonly events: EventLog,
    private readonly seekReplacement: SeekReplacement,
    private readonly quotas: Quotas,
  ) {}

  /** @param before the target as it was when the step was decided */
  async execute(before: TargetRecord, step: Step, latencyMs: number | undefined, tx: Tx): Promise<void> {
    if (step.effects.length === 0) return;
    const [account] = await this.accounts.findMany([before.accountId], tx);
    const signals: Signal[] = [];
    const events: DomainEvent[] = [];
    for (const effect of step.effects) {
      if (effect.kind === 'signal') signals.push(toSignal(before, account, effect, latencyMs));
      else if (effect.kind === 'event') events.push(targetEvent(effect.type, before, happeningOf(step)));
      else if (effect.kind === 'cap_reported') await this.reportCap(before, effect, tx);
      else if (effect.kind === 'account_trouble') await this.reportTrouble(before, effect.reason, tx);
      else await this.seekReplacement.execute(before.id, effect.because, tx);
    }
    await this.signals.record(signals, tx);
    await this.events.append(events, tx);
  }

  /** All workers leave the account, or the app, alone until then (design 4.5). */
  private async reportCap({ accountId, platform }: TargetRecord, cap: CapReported, tx: Tx): Promise<void> {
    await this.quotas.report({ id: accountId, platform }, cap, tx);
  }

  /** Only a platform that says "reconnect" takes the account out; a refused token is refreshed first. */
  private async reportTrouble(target: TargetRecord, reason: string, tx: Tx): Promise<void> {
    if (reason === 'reconnect') await this.trouble.needsReconnect(target.accountId, reason, tx);
  }
}

const toSignal = (
  target: TargetRecord,
  account: AccountFacts | undefined,
  effect: Extract<Effect, { kind: 'signal' }>,
  latencyMs: number | undefined,
): Signal => ({
  platform: target.platform,
  region: account?.region ?? '',
  capability: effect.capability,
  workspaceId: target.workspaceId,
  accountId: target.accountId,
  targetId: target.id,
  source: effect.errorClass === 'stall' ? 'stall' : 'attempt',
  verdict: effect.verdict,
  ...(effect.errorClass === undefined ? {} : { errorClass: effect.errorClass }),
  ...(latencyMs === undefined ? {} : { latencyMs }),
});
