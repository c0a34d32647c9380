import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { spanRefused } from '../../domain/queues/queue.errors.js';
import type { QueueRequest } from '../../domain/queues/queue-request.js';
import { QueueDesk } from '../queues/queue-desk.js';
import { Excerpts } from './excerpts.js';
import { type ForecastGap, ForecastReader, type ForecastRun } from './forecast-reader.js';
import { type AskedSpan, checkedSpan } from './read-calendar.js';

/** Most places of one answer: two years of a full week would be 35,000. */
const MAX_PLACES = 20_000;

/** A run with what its post is called now; empty when the post went meanwhile. */
export type PreviewedRun = ForecastRun & { readonly caption: string };

export interface QueuePreview {
  readonly planned: readonly PreviewedRun[];
  readonly empty: readonly ForecastGap[];
}

/** What a queue would do, as it is or with a change; stores nothing. */
@Injectable()
export class PreviewQueue {
  constructor(
    private readonly desk: QueueDesk,
    private readonly forecasts: ForecastReader,
    private readonly excerpts: Excerpts,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `queue.not_found`, `calendar.bad_span`, and the first finding about the change */
  async execute(
    ref: { readonly workspaceId: WorkspaceId; readonly id: string },
    asked: AskedSpan,
    change: Partial<QueueRequest>,
  ): Promise<QueuePreview> {
    const span = checkedSpan(asked, this.clock.now());
    const queue = await this.desk.imagine(ref, change);
    const days = (span.until.getTime() - span.from.getTime()) / DAY_MS;
    const places = Math.ceil((days / 7) * queue.slots.length);
    if (places > MAX_PLACES)
      throw spanRefused('to', `This span has about ${places} places; ${MAX_PLACES} fit one answer. Shorten it.`);
    const { planned, empty } = await this.forecasts.imagine(queue, span);
    const captions = await this.excerpts.of(
      ref.workspaceId,
      planned.map(({ postId }) => postId),
    );
    return { planned: planned.map((run) => ({ ...run, caption: captions.get(run.postId) ?? '' })), empty };
  }
}
