import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { Workspaces } from '../../../workspaces/index.js';
import type { Warning } from '../../domain/finding.js';
import {
  acceptedRecurrence,
  checkRecurrence,
  type RecurrenceRequest,
} from '../../domain/recurring/check-recurrence.js';
import { occurrencesOf } from '../../domain/recurring/occurrences.js';
import type { Recurrence, RecurrenceOccurrence } from '../../domain/recurring/recurrence.js';

/** Shown when no end is asked for. */
const USUAL_SPAN_MS = 366 * DAY_MS;

/** A recurrence that nobody has stored, and what of it is to be shown. */
export interface RecurrenceToPreview extends Omit<RecurrenceRequest, 'timezone'> {
  /** The workspace's when left out. */
  readonly timezone?: string;
  /** This moment when left out. */
  readonly from?: Date;
  /** A year after `from` when left out. */
  readonly until?: Date;
  readonly limit: number;
}

/** What a recurrence would do. */
export interface RecurrencePreview {
  readonly recurrence: Recurrence;
  readonly occurrences: readonly RecurrenceOccurrence[];
  /** False when there are more than `limit` within the span. */
  readonly isComplete: boolean;
  readonly warnings: readonly Warning[];
}

/** Shows what a recurrence would do, clock changes included, and stores nothing. */
@Injectable()
export class PreviewRecurrence {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError the first finding about the recurrence */
  async execute(workspaceId: WorkspaceId, wish: RecurrenceToPreview): Promise<RecurrencePreview> {
    const timezone = wish.timezone ?? (await this.workspaces.get(workspaceId)).timeZone;
    const checked = checkRecurrence({ ...wish, timezone });
    const recurrence = acceptedRecurrence(checked);
    const from = wish.from ?? this.clock.now();
    const until = wish.until ?? plusMs(from, USUAL_SPAN_MS);
    const found = occurrencesOf(recurrence, [], { from, until }, wish.limit + 1);
    return {
      recurrence,
      occurrences: found.slice(0, wish.limit),
      isComplete: found.length <= wish.limit,
      warnings: checked.warnings,
    };
  }
}
