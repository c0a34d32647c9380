import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { ProviderHealth, ProviderTransition } from '../../domain/providers/provider-detector.js';
import { ProviderHealths, type ProviderKey, type StoredProvider } from '../../domain/providers/providers.port.js';

type ProviderRow = Omit<StoredProvider, 'lastGoodAt' | 'lastBadAt' | 'detail'> & {
  readonly lastGoodAt: Date | null;
  readonly lastBadAt: Date | null;
  readonly detail: string | null;
};

const COLUMNS = `provider, name, state, since, reason, statistic, last_good_at as "lastGoodAt",
  last_bad_at as "lastBadAt", detail`;
/** Changes of state are few; these tell a year of bad days. */
const KEEP_TRANSITIONS = 500;

const toProvider = ({ lastGoodAt, lastBadAt, detail, ...row }: ProviderRow): StoredProvider => ({
  ...row,
  ...(lastGoodAt === null ? {} : { lastGoodAt }),
  ...(lastBadAt === null ? {} : { lastBadAt }),
  ...(detail === null ? {} : { detail }),
});

@Injectable()
export class ProviderHealthRepository extends ProviderHealths {
  constructor(private readonly database: Database) {
    super();
  }

  async lock({ provider, name }: ProviderKey, tx: Tx): Promise<ProviderHealth | undefined> {
    // A row that is not there yet cannot be locked.
    await this.database.rows(
      `select pg_advisory_xact_lock(hashtextextended('provider_health|' || $1 || '|' || $2, 0))`,
      [provider, name],
      tx,
    );
    const sql = `select ${COLUMNS} from provider_health where provider = $1 and name = $2 for update`;
    const row = await this.database.row<ProviderRow>(sql, [provider, name], tx);
    return row && toProvider(row);
  }

  async save(provider: StoredProvider, transition: ProviderTransition | undefined, tx: Tx): Promise<void> {
    const { state, since, reason, statistic, lastGoodAt = null, lastBadAt = null, detail = null } = provider;
    await this.database.affected(
      `insert into provider_health as h (provider, name, state, since, reason, statistic, last_good_at, last_bad_at, detail)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (provider, name) do update
          set state = excluded.state, since = excluded.since, reason = excluded.reason, statistic = excluded.statistic,
              last_good_at = excluded.last_good_at, last_bad_at = excluded.last_bad_at,
              detail = coalesce(excluded.detail, h.detail)`,
      [
        provider.provider,
        provider.name,
        state,
        since,
        reason,
        JSON.stringify(statistic),
        lastGoodAt,
        lastBadAt,
        detail,
      ],
      tx,
    );
    if (transition) await this.append(provider, transition, tx);
  }

  async list(): Promise<StoredProvider[]> {
    const rows = await this.database.rows<ProviderRow>(
      `select ${COLUMNS} from provider_health order by provider, name`,
    );
    return rows.map(toProvider);
  }

  transitions(limit: number): Promise<(ProviderTransition & ProviderKey)[]> {
    return this.database.rows(
      `select provider, name, from_state as "from", to_state as "to", reason, statistic, at
         from provider_transition order by at desc, id desc limit $1`,
      [limit],
    );
  }

  private async append({ provider, name }: ProviderKey, transition: ProviderTransition, tx: Tx): Promise<void> {
    const { from, to, reason, statistic, at } = transition;
    await this.database.affected(
      `insert into provider_transition (provider, name, from_state, to_state, reason, statistic, at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [provider, name, from, to, reason, JSON.stringify(statistic), at],
      tx,
    );
    await this.database.affected(
      `delete from provider_transition where provider = $1 and name = $2 and id not in
         (select id from provider_transition where provider = $1 and name = $2 order by at desc, id desc limit $3)`,
      [provider, name, KEEP_TRANSITIONS],
      tx,
    );
  }
}
