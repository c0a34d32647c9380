import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { Counters, CounterSample, EarlierPost, TargetEvidence } from '../../domain/evidence/evidence.js';
import {
  EvidenceReader,
  type EvidenceScope,
  type EvidenceSlice,
  type Placed,
  type ReachFacts,
} from '../../domain/evidence/evidence.port.js';
import { HISTORY_DAYS, MOST_HISTORY, REACH_AGES_SECONDS } from '../../domain/evidence/expected-reach.js';
import {
  type AttemptRow,
  type CounterRow,
  type ReachRow,
  type ReplacementRow,
  type TargetRow,
  toAttempt,
  toReach,
  toReplacement,
  toSample,
  toTarget,
} from './evidence.rows.js';
import { ATTEMPTS, COUNTERS, EARLIER_POSTS, REPLACEMENTS, TARGETS } from './evidence.sql.js';
import { REACH } from './reach.sql.js';

/** The workspace is part of every condition. */
@Injectable()
export class EvidenceReaderRepository extends EvidenceReader {
  constructor(private readonly database: Database) {
    super();
  }

  async targets(scope: EvidenceScope, { limit, after }: EvidenceSlice): Promise<readonly Placed<TargetEvidence>[]> {
    const { workspaceId, platform, region, window, incidentId } = scope;
    const place = [after?.at ?? null, after?.id ?? null, limit];
    const rows = await this.database.rows<TargetRow>(TARGETS, [
      ...[workspaceId, platform, region, window.from, window.to, incidentId],
      ...place,
    ]);
    const own = [workspaceId, rows.map(({ targetId }) => targetId)];
    const attempts = groupByTarget(await this.database.rows<AttemptRow>(ATTEMPTS, own));
    const carriers = Map.groupBy(await this.database.rows<ReplacementRow>(REPLACEMENTS, own), ({ rootId }) => rootId);
    const counters = await this.counters(scope, rows);
    return rows.map((row) => ({
      ...toTarget(row),
      attempts: (attempts.get(row.targetId) ?? []).map(toAttempt),
      replacements: (carriers.get(row.targetId) ?? []).map(toReplacement),
      counters: counters.get(row.targetId) ?? {},
    }));
  }

  async earlierPosts(scope: EvidenceScope, { limit, after }: EvidenceSlice): Promise<readonly Placed<EarlierPost>[]> {
    const { workspaceId, platform, region, openedAt } = scope;
    const rows = await this.database.rows<Placed<Omit<EarlierPost, 'counters'>>>(EARLIER_POSTS, [
      ...[workspaceId, platform, region, openedAt],
      ...[after?.at ?? null, after?.id ?? null, limit],
    ]);
    const counters = await this.counters(scope, rows);
    return rows.map((row) => ({ ...row, counters: counters.get(row.targetId) ?? {} }));
  }

  async reach(
    { workspaceId, platform, region, openedAt, endedAt }: EvidenceScope,
    { limit, afterAccountId }: { readonly limit: number; readonly afterAccountId?: string | undefined },
  ): Promise<readonly ReachFacts[]> {
    const rows = await this.database.rows<ReachRow>(REACH, [
      ...[workspaceId, platform, region, openedAt, endedAt, afterAccountId ?? null, limit],
      ...[REACH_AGES_SECONDS, plusMs(openedAt, -HISTORY_DAYS * DAY_MS), MOST_HISTORY],
    ]);
    return rows.map(toReach);
  }

  private async counters(
    { workspaceId, openedAt, endedAt }: EvidenceScope,
    targets: readonly { readonly targetId: string }[],
  ): Promise<ReadonlyMap<string, Counters>> {
    const ids = targets.map(({ targetId }) => targetId);
    const rows = await this.database.rows<CounterRow>(COUNTERS, [workspaceId, ids, openedAt, endedAt]);
    const counters = new Map<string, { [Span in keyof Counters]: CounterSample }>();
    for (const row of rows) counters.set(row.targetId, { ...counters.get(row.targetId), [row.span]: toSample(row) });
    return counters;
  }
}

const groupByTarget = <Row extends { readonly targetId: string }>(rows: readonly Row[]) =>
  Map.groupBy(rows, ({ targetId }) => targetId);
