import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { AUTOMATIC_APPROVER } from '../../domain/sending/broadcast.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import { noticeTiming } from '../../domain/notices/notice-timing.js';
import { type DueNotice, Notices } from '../../domain/notices/notices.port.js';
import { StartBroadcast } from '../sending/start-broadcast.js';

/** What became of the notices that were due. */
export interface DueNoticesRun {
  readonly started: number;
  /** Those a person must send from now on, with the reason. */
  readonly waiting: readonly { readonly broadcastId: string; readonly reason: string }[];
  /** Rows closed because their outage had ended. */
  readonly withdrawn: number;
}

const STARTED = 'started';
/** It is looked at again in a second. */
const CHANGED = 'changed';

/** Starts the notices that workspaces let go out by themselves; for the others it calls a person, once. */
@Injectable()
export class StartDueNotices {
  constructor(
    private readonly notices: Notices,
    private readonly start: StartBroadcast,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventLog,
    private readonly settings: MailSettings,
  ) {}

  /** One that fails keeps no other waiting. */
  async runOnce(): Promise<DueNoticesRun> {
    const { allClearAfterMs, scale } = noticeTiming(this.settings.timing.scale);
    // First, so that an all-clear finds its blackout ended.
    const withdrawn = await this.notices.withdrawLate();
    const due = [...(await this.notices.dueBlackouts(scale)), ...(await this.notices.dueAllClears(allClearAfterMs))];
    const run = { started: 0, waiting: [] as { broadcastId: string; reason: string }[], withdrawn };
    const faults: unknown[] = [];
    for (const notice of due) await this.take(notice, run).catch((error: unknown) => faults.push(error));
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} notices could not be started.`);
    return run;
  }

  private async take(
    notice: DueNotice,
    run: { started: number; readonly waiting: { broadcastId: string; reason: string }[] },
  ): Promise<void> {
    const end = notice.waitsFor ?? (await this.tryToStart(notice));
    if (end === STARTED) run.started += 1;
    else if (end !== CHANGED && (await this.callPerson(notice, end)))
      run.waiting.push({ broadcastId: notice.id, reason: end });
  }

  /** @returns else the code of what stood in the way */
  private async tryToStart(notice: DueNotice): Promise<string> {
    const { workspaceId, id } = notice;
    try {
      return await this.unitOfWork.run(async (tx) => {
        if (!(await this.notices.lockDue(notice, tx))) return CHANGED;
        await this.start.execute({ workspaceId, id, actor: AUTOMATIC_APPROVER }, tx);
        return STARTED;
      });
    } catch (error) {
      if (error instanceof DomainError) return error.code;
      throw error;
    }
  }

  private callPerson({ workspaceId, id, kind, incidentId }: DueNotice, reason: string): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.notices.markWaiting({ workspaceId, id }, reason, tx))) return false;
      const payload = { broadcastId: id, kind, incidentId, reason };
      await this.events.append([{ workspaceId, type: 'broadcast.waiting', subjectId: id, payload }], tx);
      return true;
    });
  }
}
