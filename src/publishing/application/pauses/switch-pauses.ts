import { Injectable } from '@nestjs/common';
import { ChangeAccount } from '../../../accounts/index.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { pauseEvent, type PauseSubject, type RowSubject } from '../../domain/pauses/pause-event.js';
import { type PauseKey, Pauses } from '../../domain/pauses/pauses.port.js';
import type { PauseCount, TargetsOf } from '../../domain/pauses/paused-targets.port.js';
import { HoldPaused } from './hold-paused.js';
import { type Release, ReleasePaused } from './release-paused.js';

/** Who switches. */
export interface Switcher {
  readonly workspaceId: string;
  readonly actor: string;
  readonly isOperator: boolean;
}

/** What the switch did; `paused`: it is on now. */
export interface SwitchResult extends PauseCount, Release {
  readonly paused: boolean;
}

/** Pauses and resumes publishing; doing it again changes nothing and answers how it stands. */
@Injectable()
export class SwitchPauses {
  constructor(
    private readonly pauses: Pauses,
    private readonly accounts: ChangeAccount,
    private readonly hold: HoldPaused,
    private readonly releases: ReleasePaused,
    private readonly audit: AuditLog,
    private readonly events: EventLog,
  ) {}

  /** @throws DomainError `pause.needs_operator`, `account.not_found`, `account.status_refused` */
  async pause(subject: PauseSubject, by: Switcher & { readonly reason?: string }, tx: Tx): Promise<SwitchResult> {
    assertMay(subject, by);
    if (subject.scope === 'account') await this.switchAccount(subject.accountId, true, by, tx);
    else if (await this.pauses.switchOn(keyOf(subject, by), by, tx)) await this.note(subject, by, 'paused', tx);
    const counted = await this.hold.execute(targetsOf(subject, by), by.actor, tx);
    return { paused: true, ...counted, released: 0, missed: 0 };
  }

  /** @throws DomainError `pause.needs_operator`, `account.not_found`, `account.status_refused` */
  async resume(subject: PauseSubject, by: Switcher, tx: Tx): Promise<SwitchResult> {
    assertMay(subject, by);
    if (subject.scope === 'account') await this.switchAccount(subject.accountId, false, by, tx);
    else if (await this.pauses.switchOff(keyOf(subject, by), tx)) await this.note(subject, by, 'resumed', tx);
    const which = targetsOf(subject, by);
    const released = await this.releases.execute(which, by.actor, tx);
    const { held, tooLate } = await this.hold.execute(which, by.actor, tx);
    return { paused: false, held, tooLate, ...released };
  }

  /** After the commit of `pause`, before its answer. */
  async latecomers(subject: PauseSubject, by: Switcher): Promise<void> {
    await this.hold.latecomers(targetsOf(subject, by), by.actor);
  }

  private async switchAccount(
    id: string,
    paused: boolean,
    { workspaceId, actor, reason }: Switcher & { reason?: string },
    tx: Tx,
  ): Promise<void> {
    await this.accounts.setPaused({ workspaceId, id, actor }, { paused, reason }, tx);
  }

  /** For the audit log, and for those who follow. */
  private async note(
    subject: RowSubject,
    by: Switcher & { reason?: string },
    what: 'paused' | 'resumed',
    tx: Tx,
  ): Promise<void> {
    const isPlatform = subject.scope === 'platform';
    const detail = {
      ...(isPlatform ? { instanceWide: subject.instanceWide } : {}),
      ...(by.reason === undefined ? {} : { reason: by.reason }),
    };
    const subjectId = isPlatform ? subject.platform : by.workspaceId;
    const entry = {
      workspaceId: by.workspaceId,
      actor: by.actor,
      action: `${subject.scope}.${what}`,
      subjectId,
      detail,
    };
    await this.audit.append(entry, tx);
    await this.events.append([pauseEvent(subject, by, what)], tx);
  }
}

const keyOf = (subject: RowSubject, { workspaceId }: Switcher): PauseKey =>
  subject.scope === 'workspace'
    ? { workspaceId, platform: null }
    : { workspaceId: subject.instanceWide ? null : workspaceId, platform: subject.platform };

const targetsOf = (subject: PauseSubject, { workspaceId }: Switcher): TargetsOf => {
  switch (subject.scope) {
    case 'workspace':
      return { workspaceId };
    case 'platform':
      return { platform: subject.platform, ...(subject.instanceWide ? {} : { workspaceId }) };
    case 'account':
      return { workspaceId, accountId: subject.accountId };
  }
};

const assertMay = (subject: PauseSubject, { isOperator }: Switcher): void => {
  if (subject.scope !== 'platform' || !subject.instanceWide || isOperator) return;
  throw new DomainError(
    'forbidden',
    'pause.needs_operator',
    'Only an operator key may pause or resume a platform for the whole instance. Leave scope out for your workspace.',
  );
};
