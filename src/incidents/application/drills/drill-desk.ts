import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import { plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { isTimeZone } from '../../../workspaces/domain/workspace.js';
import { AuditLog } from '../../../workspaces/index.js';
import { DRILL_SPANS, isOpen, PLAN_AHEAD_MS } from '../../domain/drills/drill.js';
import {
  drillOver,
  notPlayable,
  noSandbox,
  spanOutOfRange,
  startOutOfRange,
  startTwice,
  tooManyDrills,
  unknownZone,
} from '../../domain/drills/drill.errors.js';
import { nextRunAfter, type WeeklySchedule } from '../../domain/drills/drill-schedule.js';
import { type DrillPlan, Drills, type StoredDrill } from '../../domain/drills/drills.port.js';
import { DrillStages } from '../../domain/drills/drill-stage.port.js';

/** Open drills a workspace may have, recurring ones included. */
export const MAX_OPEN_DRILLS = 20;

export interface DrillWish extends Omit<DrillPlan, 'durationSeconds'> {
  /** The kind's usual span when left out. */
  readonly durationSeconds?: number | undefined;
  /** Now when both are left out. */
  readonly startsAt?: Date | undefined;
  readonly schedule?: WeeklySchedule | undefined;
}

/** Names one drill and who acts on it. */
export interface DrillRef {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly actor: string;
}

/** Plans and cancels drills. */
@Injectable()
export class DrillDesk {
  constructor(
    private readonly drills: Drills,
    private readonly stages: DrillStages,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Plans one drill, or the first of a recurring one.
   * @throws DomainError `drill.start_twice`, `drill.start_out_of_range`, `drill.span_out_of_range`, `drill.unknown_zone`,
   *   `drill.no_sandbox`, `drill.not_playable`, `drill.too_many`
   */
  async plan(wish: DrillWish, tx: Tx): Promise<StoredDrill> {
    const { schedule, startsAt: wanted, durationSeconds: span, ...rest } = wish;
    const now = this.clock.now();
    const plan = { ...rest, durationSeconds: span ?? DRILL_SPANS[wish.kind].usual };
    this.assertFits(plan, { schedule, startsAt: wanted, now });
    if ((await this.drills.countOpen(plan.workspaceId, tx)) >= MAX_OPEN_DRILLS) throw tooManyDrills(MAX_OPEN_DRILLS);
    const series = schedule && (await this.drills.insertSeries(plan, schedule, tx));
    const startsAt = schedule ? nextRunAfter(schedule, now) : (wanted ?? now);
    const drill = await this.drills.insert({ ...plan, ...(series ? { seriesId: series.id } : {}) }, startsAt, tx);
    if (!drill) throw new Error('A new drill met another one of its own plan.');
    await this.tell('drill.planned', drill, wish.actor, tx);
    return drill;
  }

  /**
   * Cancels a planned drill at once and a running one at its next step. Of a recurring one all that would follow ends
   * too, unless `onlyThis`.
   * @throws DomainError `drill.not_found`, `drill.over`
   */
  async cancel({ workspaceId, id, actor }: DrillRef, onlyThis: boolean, tx: Tx): Promise<StoredDrill> {
    const drill = await this.drills.lock(workspaceId, id, tx);
    if (!drill) throw notFound('drill', id);
    const endsSeries = !onlyThis && drill.seriesId !== undefined;
    const ended = endsSeries && (await this.drills.endSeries(workspaceId, drill.seriesId ?? '', tx));
    if (!isOpen(drill) && !ended) throw drillOver(id, drill.status);
    const cancelled = isOpen(drill) ? await this.drills.cancel(drill, tx) : drill;
    if (onlyThis && drill.status === 'planned') await this.planNext(drill, tx);
    await this.tell('drill.cancelled', cancelled, actor, tx);
    return (await this.drills.get(workspaceId, id, tx)) ?? cancelled;
  }

  /** The run after this one, where its series goes on; once, however often it is asked. */
  async planNext(drill: StoredDrill, tx: Tx): Promise<void> {
    if (drill.seriesId === undefined) return;
    const series = await this.drills.series(drill.workspaceId, drill.seriesId, tx);
    if (!series) return;
    const now = this.clock.now();
    const after = drill.startsAt > now ? drill.startsAt : now;
    await this.drills.insert({ ...series, seriesId: series.id }, nextRunAfter(series.schedule, after), tx);
  }

  private assertFits(
    { kind, platform, durationSeconds }: DrillPlan,
    when: { readonly schedule: WeeklySchedule | undefined; readonly startsAt: Date | undefined; readonly now: Date },
  ): void {
    const { schedule, startsAt, now } = when;
    if (schedule && startsAt) throw startTwice();
    if (schedule && !isTimeZone(schedule.zone)) throw unknownZone(schedule.zone);
    if (startsAt && (startsAt < now || startsAt > plusMs(now, PLAN_AHEAD_MS))) throw startOutOfRange();
    const { min, max } = DRILL_SPANS[kind];
    if (durationSeconds < min || durationSeconds > max) throw spanOutOfRange(kind, durationSeconds);
    if (kind === 'dry_run') return;
    if (!this.stages.isConfigured) throw noSandbox();
    if (!this.stages.plays(platform)) throw notPlayable(platform);
  }

  private async tell(action: string, drill: StoredDrill, actor: string, tx: Tx): Promise<void> {
    const { workspaceId, id, kind, platform, region, startsAt, schedule } = drill;
    const detail = {
      kind,
      platform,
      startsAt: startsAt.toISOString(),
      ...(region === undefined ? {} : { region }),
      ...(schedule ? { schedule } : {}),
    };
    await this.audit.append({ workspaceId, actor, action, subjectId: id, detail }, tx);
  }
}
