import { Injectable } from '@nestjs/common';
import { AccountDirectory, Quotas } from '../../../accounts/index.js';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { SignalRecorder } from '../../../health/index.js';
import type { Signal } from '../../../health/domain/signal.js';
import { type DomainEvent, EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { happeningOf, targetEvent } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import type { Effect, Step } from '../../domain/targets/target-state.js';
import { ReportTrouble } from './report-trouble.js';
import { SeekReplacement } from '../rerouting/seek-replacement.js';

type CapReported = Extract<Effect, { kind: 'cap_reported' }>;

/** A step that was written, and how long its call took, ms. */
export interface HappenedStep {
  readonly before: TargetRecord;
  readonly step: Step;
  readonly latencyMs?: number | undefined;
}

/** Whether a step's effects touch more than its own rows: accounts, or targets that take its place. */
export const reachesBeyond = ({ effects }: Step): boolean =>
  effects.some((effect) => effect.kind === 'account_trouble' || effect.kind === 'seek_replacement');

/** Carries out what a step asks for besides its rows, in the step's transaction. */
@Injectable()
export class RunEffects {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly trouble: ReportTrouble,
    private readonly signals: SignalRecorder,
    private readonly events: EventLog,
    private readonly seekReplacement: SeekReplacement,
    private readonly quotas: Quotas,
  ) {}

  /** @param before the target as it was when the step was decided */
  execute(before: TargetRecord, step: Step, latencyMs: number | undefined, tx: Tx): Promise<void> {
    return this.executeAll([{ before, step, latencyMs }], tx);
  }

  /** The same for steps of different targets, their signals and events in one go. */
  async executeAll(steps: readonly HappenedStep[], tx: Tx): Promise<void> {
    const all = steps.flatMap((happened) => happened.step.effects.map((effect) => ({ ...happened, effect })));
    if (all.length === 0) return;
    const ids = [...new Set(all.map(({ before }) => before.accountId))];
    const accounts = new Map((await this.accounts.findMany(ids, tx)).map((account) => [account.id as string, account]));
    const signals: Signal[] = [];
    const events: DomainEvent[] = [];
    for (const { before, step, effect, latencyMs } of all) {
      if (effect.kind === 'signal')
        signals.push(toSignal(before, accounts.get(before.accountId), { effect, latencyMs }));
      else if (effect.kind === 'event') events.push(targetEvent(effect.type, before, happeningOf(step)));
      else if (effect.kind === 'account_trouble') await this.trouble.execute(before, effect.reason, tx);
      else if (effect.kind === 'seek_replacement') await this.seekReplacement.execute(before.id, effect.because, tx);
    }
    const published = all.filter(
      ({ effect }) => effect.kind === 'signal' && effect.capability === 'publish' && effect.verdict === 'good',
    );
    await this.quotas.reopen([...new Set(published.map(({ before }) => before.platform))], tx);
    await this.reportCaps(all, tx);
    await this.signals.record(signals, tx);
    await this.events.append(events, tx);
  }

  /** All workers leave the account, or the app, alone until then (design 4.5); of many reports the latest instant holds. */
  private async reportCaps(all: readonly { before: TargetRecord; effect: Effect }[], tx: Tx): Promise<void> {
    const caps = new Map<string, { before: TargetRecord; cap: CapReported }>();
    for (const { before, effect } of all) {
      if (effect.kind !== 'cap_reported') continue;
      const key = `${effect.scope}|${effect.scope === 'app' ? before.platform : before.accountId}`;
      const known = caps.get(key);
      if (!known || known.cap.until < effect.until) caps.set(key, { before, cap: effect });
    }
    // In one order for everybody, so that two transactions never wait for each other in a circle.
    for (const [, { before, cap }] of [...caps].sort(([one], [other]) => (one < other ? -1 : 1)))
      await this.quotas.report({ id: before.accountId, platform: before.platform }, cap, tx);
  }
}

const toSignal = (
  target: TargetRecord,
  account: AccountFacts | undefined,
  { effect, latencyMs }: { effect: Extract<Effect, { kind: 'signal' }>; latencyMs: number | undefined },
): Signal => ({
  platform: target.platform,
  region: account?.region ?? '',
  capability: effect.capability,
  workspaceId: target.workspaceId,
  accountId: target.accountId,
  targetId: target.id,
  source: effect.ageMs === undefined ? 'attempt' : 'stall',
  verdict: effect.verdict,
  errorClass: effect.errorClass,
  latencyMs: effect.ageMs ?? latencyMs,
});
