import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '../../../infra/database/database.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { FeedDraft } from '../../domain/feeds/feed.js';
import {
  type DueFeed,
  type FeedEvidence,
  Feeds,
  type KnownFeed,
  type LookResult,
} from '../../domain/feeds/feeds.port.js';
import { FEED_COLUMNS, type FeedRow, toFeed } from './feed.rows.js';

/** One poller reads them all; more pages than this are no longer watched by anybody. */
const MAX_FEEDS = 100;

const valuesOf = (draft: FeedDraft): readonly unknown[] => [
  newId(),
  draft.name,
  draft.title,
  draft.url,
  draft.format,
  draft.platform,
  draft.region ?? null,
  draft.service ?? null,
  draft.leastSeverity,
  draft.everySeconds,
];

const INSERT = `insert into feed as f (id, name, title, url, format, platform, region, service, least_severity,
                                        every_seconds, built_in)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
/** Another page under the same name: nothing that was known holds. */
const REPLACE = `title = excluded.title, url = excluded.url, format = excluded.format, platform = excluded.platform,
  region = excluded.region, service = excluded.service, least_severity = excluded.least_severity,
  every_seconds = excluded.every_seconds, built_in = excluded.built_in, etag = null, last_modified = null,
  knowledge = null, failures = 0, next_at = clock_timestamp()`;

@Injectable()
export class FeedsRepository extends Feeds {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(draft: FeedDraft, tx: Tx): Promise<KnownFeed> {
    await this.database.rows(`select pg_advisory_xact_lock(hashtextextended('feed.insert', 0))`, [], tx);
    const sql = `select count(*)::int as feeds from feed where removed_at is null`;
    const count = await this.database.row<{ feeds: number }>(sql, [], tx);
    if ((count?.feeds ?? 0) >= MAX_FEEDS) throw tooMany();
    const row = await this.database
      .row<FeedRow>(
        `${INSERT} on conflict (name) do update set ${REPLACE}, removed_at = null, created_at = now()
          where f.removed_at is not null returning ${FEED_COLUMNS}`,
        [...valuesOf(draft), false],
        tx,
      )
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? nameTaken(draft.name) : error;
      });
    if (!row) throw nameTaken(draft.name);
    return toFeed(row);
  }

  async syncBuiltIn(drafts: readonly FeedDraft[]): Promise<void> {
    for (const draft of drafts) {
      await this.database.affected(
        `${INSERT} on conflict (name) do update set ${REPLACE}
          where f.built_in and f.removed_at is null
            and (f.url, f.format, f.platform, f.service, f.least_severity, f.every_seconds, f.title)
                is distinct from (excluded.url, excluded.format, excluded.platform, excluded.service,
                                  excluded.least_severity, excluded.every_seconds, excluded.title)`,
        [...valuesOf(draft), true],
      );
    }
    // Left out of the configuration: forgotten, so that naming it again brings it back.
    await this.database.affected(`delete from feed where built_in and name <> all($1::text[])`, [
      drafts.map(({ name }) => name),
    ]);
  }

  async remove(id: string, tx: Tx): Promise<KnownFeed | undefined> {
    // A built-in feed leaves a mark, or the next start would bring it back.
    const row = await this.database.row<FeedRow>(
      `update feed set removed_at = clock_timestamp() where id = $1 and removed_at is null returning ${FEED_COLUMNS}`,
      [id],
      tx,
    );
    await this.database.affected(`delete from feed where id = $1 and not built_in`, [id], tx);
    return row && toFeed(row);
  }

  async list({
    limit,
    after,
    platform,
  }: Parameters<Feeds['list']>[0]): Promise<(KnownFeed & { readonly at: string })[]> {
    const rows = await this.database.rows<FeedRow & { at: string }>(
      `select ${FEED_COLUMNS}, created_at::text as at from feed
        where removed_at is null and ($1::text is null or platform = $1)
          and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [platform ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map(({ at, ...row }) => ({ ...toFeed(row), at }));
  }

  async takeDue(limit: number, leaseMs: number): Promise<DueFeed[]> {
    const rows = await this.database.rows<FeedRow>(
      `update feed set next_at = clock_timestamp() + $2 * interval '1 ms'
        where id in (select id from feed where removed_at is null and next_at <= clock_timestamp()
                      order by next_at limit $1 for update skip locked)
       returning ${FEED_COLUMNS}`,
      [limit, leaseMs],
    );
    return rows.map(toFeed);
  }

  async settle(id: string, result: LookResult, tx: Tx): Promise<boolean> {
    const settled = await this.database.affected(
      `update feed set looked_at = $2, next_at = $3, failures = $4, knowledge = $5, etag = $6, last_modified = $7
        where id = $1 and removed_at is null`,
      [
        id,
        result.lookedAt,
        result.nextAt,
        Math.min(result.failures, 30_000),
        result.knowledge === undefined ? null : JSON.stringify(result.knowledge),
        result.etag ?? null,
        result.lastModified ?? null,
      ],
      tx,
    );
    return settled > 0;
  }

  async append(evidence: FeedEvidence, tx: Tx): Promise<void> {
    const { feedId, source, platform, region, severity, summary, seenAt, until } = evidence;
    await this.database.affected(
      `insert into feed_evidence (id, feed_id, source, platform, region, severity, summary, seen_at, until)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [newId(), feedId, source, platform, region ?? null, severity, summary, seenAt, until],
      tx,
    );
  }

  async regionsOf(platform: PlatformName, tx: Tx): Promise<string[]> {
    const rows = await this.database.rows<{ region: string }>(
      `select region from account where platform = $1 and status = 'active'
        union select region from platform_health where platform = $1 order by region`,
      [platform],
      tx,
    );
    return rows.map(({ region }) => region);
  }

  purge(olderThanMs: number): Promise<number> {
    return this.database.affected(
      `delete from feed_evidence where seen_at < statement_timestamp() - $1 * interval '1 ms'`,
      [olderThanMs],
    );
  }
}

const nameTaken = (name: string) =>
  new DomainError(
    'conflict',
    'feed.name_taken',
    'There is a feed with this name. Take another name, or remove it first.',
    {
      name,
    },
  );

const tooMany = () =>
  new DomainError('conflict', 'feed.too_many', `There are ${MAX_FEEDS} feeds already. Remove one first.`, {
    limit: MAX_FEEDS,
  });
