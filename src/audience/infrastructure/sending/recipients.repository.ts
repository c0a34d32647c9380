import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Database } from '../../../infra/database/database.js';
import { PreparedSession } from '../../../infra/database/prepared-session.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  type Broadcast,
  RECIPIENT_STATES,
  type RecipientCounts,
  type RecipientState,
} from '../../domain/sending/broadcast.js';
import { EVERYONE } from '../../domain/lists/segment.js';
import { Segments } from '../../domain/lists/segments.port.js';
import { QuietPlans } from '../../domain/notices/quiet-plan.port.js';
import {
  type Claim,
  type LedgerEntries,
  type RecipientFilter,
  type RecipientRow,
  Recipients,
  type Release,
} from '../../domain/sending/recipients.port.js';
import { SendingIdentities } from '../../domain/sending/sending-identities.port.js';
import type { TemplateSubscriber } from '../../domain/sending/template.port.js';
import { segmentWhere } from '../lists/segment.sql.js';
import * as sql from './recipients.sql.js';

type ClaimRow = Omit<Claim, 'subscriber'> & TemplateSubscriber & { readonly state: 'claimed' | 'suppressed' };

@Injectable()
export class RecipientsRepository extends Recipients implements BeforeApplicationShutdown {
  private readonly session: PreparedSession;

  constructor(
    private readonly database: Database,
    private readonly identities: SendingIdentities,
    private readonly quietPlans: QuietPlans,
    private readonly segments: Segments,
    dataSource: DataSource,
  ) {
    super();
    this.session = new PreparedSession(dataSource);
  }

  async freeze(broadcast: Broadcast, tx: Tx): Promise<number> {
    const { identity } = await this.identities.of(broadcast.workspaceId, tx);
    const { otherwise, zones, notBefores } = await this.quietPlans.of(broadcast.workspaceId, tx);
    const segment = await this.segmentOf(broadcast, sql.FREEZE_PARAMETERS, tx);
    return this.database.affected(
      sql.freeze(segment.sql),
      [broadcast.id, identity.domain, zones, notBefores, otherwise, ...segment.params],
      tx,
    );
  }

  async countEligible(broadcast: Broadcast, tx?: Tx): Promise<number> {
    const segment = await this.segmentOf(broadcast, sql.COUNT_PARAMETERS, tx);
    const row = await this.database.row<{ count: number }>(
      sql.count(segment.sql),
      [broadcast.id, ...segment.params],
      tx,
    );
    return row?.count ?? 0;
  }

  async sample(broadcast: Broadcast, limit: number, tx?: Tx): Promise<TemplateSubscriber[]> {
    const segment = await this.segmentOf(broadcast, sql.COUNT_PARAMETERS, tx);
    return this.database.rows(sql.sample(segment.sql, limit), [broadcast.id, ...segment.params], tx);
  }

  async reapGone(senderId: string): Promise<void> {
    await this.database.affected(sql.REAP, [senderId]);
  }

  async claim(senderId: string, limit: number): Promise<{ claims: Claim[]; moved: number }> {
    const rows = await this.database.rows<ClaimRow>(sql.CLAIM, [senderId, limit]);
    const claims = rows.filter(({ state }) => state === 'claimed').map(toClaim);
    return { claims, moved: rows.length };
  }

  async settle({ outcomes, handOvers }: LedgerEntries): Promise<ReadonlySet<Claim>> {
    const handed = await this.session.rows<{ broadcastId: string; subscriberId: string }>(
      'audience.settle',
      sql.SETTLE,
      [
        ...keysOf(outcomes.map(({ claim }) => claim)),
        outcomes.map(({ verdict }) => verdict.state),
        outcomes.map(({ verdict }) => verdict.reply),
        outcomes.map(({ verdict }) => verdict.server ?? null),
        outcomes.map(({ verdict }) => verdict.nextTryAfterMs ?? 0),
        outcomes.map(({ verdict }) => verdict.isTry ?? true),
        ...keysOf(handOvers),
      ],
    );
    const keys = new Set(handed.map(keyOf));
    return new Set(handOvers.filter((claim) => keys.has(keyOf(claim))));
  }

  async release(releases: readonly Release[]): Promise<void> {
    if (releases.length === 0) return;
    const claims = releases.map(({ claim }) => claim);
    await this.database.affected(sql.RELEASE, [...keysOf(claims), releases.map(({ waitMs }) => waitMs)]);
  }

  acceptedBy(broadcastId: string): Promise<{ domain: string; accepted: number }[]> {
    return this.database.rows(sql.ACCEPTED_BY, [broadcastId]);
  }

  async counts(
    workspaceId: WorkspaceId,
    broadcastIds: readonly string[],
    tx?: Tx,
  ): Promise<Map<string, RecipientCounts>> {
    const rows = await this.database.rows<{ id: string; state: RecipientState; count: number }>(
      `select broadcast_id as id, state, count(*)::int as count from broadcast_recipient
        where workspace_id = $1 and broadcast_id = any ($2::uuid[]) group by broadcast_id, state`,
      [workspaceId, broadcastIds],
      tx,
    );
    const counted = new Map(broadcastIds.map((id) => [id, noCounts()]));
    for (const { id, state, count } of rows) counted.set(id, { ...(counted.get(id) ?? noCounts()), [state]: count });
    return counted;
  }

  list(workspaceId: WorkspaceId, broadcastId: string, filter: RecipientFilter): Promise<RecipientRow[]> {
    const { state, limit, after } = filter;
    const place = [state ?? null, after?.at ?? null, after?.id ?? null, limit];
    return this.database.rows(sql.RECIPIENTS, [workspaceId, broadcastId, ...place]);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.session.end();
  }

  private async segmentOf({ workspaceId, segmentId }: Broadcast, parametersBefore: number, tx?: Tx) {
    const segment = segmentId === null ? undefined : await this.segments.get(workspaceId, segmentId, tx);
    return segmentWhere(segment?.filter ?? EVERYONE, parametersBefore + 1);
  }
}

const keyOf = ({ broadcastId, subscriberId }: { broadcastId: string; subscriberId: string }): string =>
  `${broadcastId}|${subscriberId}`;

const keysOf = (claims: readonly Claim[]) => [
  claims.map(({ broadcastId }) => broadcastId),
  claims.map(({ subscriberId }) => subscriberId),
  claims.map(({ fence }) => fence),
];

const noCounts = (): RecipientCounts =>
  Object.fromEntries(RECIPIENT_STATES.map((state) => [state, 0])) as Record<RecipientState, number>;

const toClaim = ({ email, language, zone, tags, attributes, ...row }: ClaimRow): Claim => ({
  broadcastId: row.broadcastId,
  workspaceId: row.workspaceId,
  subscriberId: row.subscriberId,
  fence: row.fence,
  tries: row.tries,
  messageId: row.messageId,
  unsubscribeToken: row.unsubscribeToken,
  subscriber: { email, language, zone, tags, attributes },
});
