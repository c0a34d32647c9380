import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { type ItemQuestion, PlanningFacts, type PlanningItem } from '../../domain/queues/planning-facts.port.js';
import type { PastViews, Taken } from '../../domain/queues/queue.js';
import { layered, recyclingOf, type RecyclingSettings } from '../../domain/queues/recycling.js';
import { CATEGORIES, ITEMS, LAST_ON, RUNS, TARGETS, VIEWS } from './planning-facts.sql.js';

interface ItemRow {
  readonly postId: string;
  readonly tags: readonly string[];
  readonly recycling: Readonly<Record<string, unknown>> | null;
  readonly createdAt: Date;
  readonly numbers: readonly number[];
}

interface RunsRow {
  readonly postId: string;
  readonly count: number;
  readonly lastAt: Date | null;
  readonly lastVariation: number | null;
  readonly runs: readonly { readonly at: string; readonly variation: number; readonly accountIds: string[] | null }[];
}

/** What is known of each post beside its own row. */
interface Known {
  readonly categories: ReadonlyMap<string, RecyclingSettings>;
  readonly runs: ReadonlyMap<string, RunsRow>;
  readonly lastOn: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly views: ReadonlyMap<string, readonly PastViews[]>;
}

@Injectable()
export class PlanningFactsRepository extends PlanningFacts {
  constructor(private readonly database: Database) {
    super();
  }

  async items(workspaceId: WorkspaceId, question: ItemQuestion, tx?: Tx): Promise<PlanningItem[]> {
    const rows = await this.database.rows<ItemRow>(ITEMS, [workspaceId, question.categories ?? null], tx);
    if (rows.length === 0) return [];
    const ids = rows.map(({ postId }) => postId);
    const known = await this.known(workspaceId, ids, question, tx);
    return rows.map((row) => toItem(row, known));
  }

  targets(
    workspaceId: WorkspaceId,
    { accountIds, span, without }: Parameters<PlanningFacts['targets']>[1],
    tx?: Tx,
  ): Promise<Taken['targets']> {
    const around = [plusMs(span.from, -DAY_MS), plusMs(span.until, DAY_MS)];
    return this.database.rows(TARGETS, [workspaceId, accountIds, ...around, without], tx);
  }

  private async known(
    workspaceId: WorkspaceId,
    ids: readonly string[],
    { without, withViews }: ItemQuestion,
    tx?: Tx,
  ): Promise<Known> {
    type Last = { postId: string; lastOn: Readonly<Record<string, string>> };
    type Views = PastViews & { postId: string; platform: PlatformName };
    const asked = [workspaceId, ids, without];
    const settings = await this.database.rows<{ category: string; recycling: RecyclingSettings }>(
      CATEGORIES,
      [workspaceId],
      tx,
    );
    const runs = await this.database.rows<RunsRow>(RUNS, asked, tx);
    const lastOn = await this.database.rows<Last>(LAST_ON, asked, tx);
    const views = withViews ? await this.database.rows<Views>(VIEWS, [workspaceId, ids], tx) : [];
    return {
      categories: new Map(settings.map(({ category, recycling }) => [category, recycling])),
      runs: new Map(runs.map((row) => [row.postId, row])),
      lastOn: new Map(lastOn.map((row) => [row.postId, row.lastOn])),
      views: Map.groupBy(views, ({ postId }) => postId),
    };
  }
}

const toItem = ({ postId, tags, recycling, createdAt, numbers }: ItemRow, known: Known): PlanningItem => {
  const ofCategories = [...tags].sort().flatMap((tag) => known.categories.get(tag) ?? []);
  const settings = layered(recycling ?? undefined, ofCategories);
  const variationNumbers = [0, ...numbers];
  const past = known.runs.get(postId);
  const last = past?.lastVariation == null ? -1 : variationNumbers.indexOf(past.lastVariation);
  const lastOn = Object.entries(known.lastOn.get(postId) ?? {}).map(([id, at]) => [id, new Date(at)] as const);
  return {
    postId,
    categories: tags,
    priority: settings.priority ?? 0,
    weight: settings.weight ?? 1,
    createdAt,
    recycling: recyclingOf(settings, variationNumbers.length),
    seasons: settings.seasons ?? [],
    past: {
      count: past?.count ?? 0,
      lastOn: new Map(lastOn),
      ...(past?.lastAt ? { lastAt: past.lastAt } : {}),
      ...(last < 0 ? {} : { lastVariation: last }),
    },
    runs: (past?.runs ?? []).map(({ at, variation, accountIds }) => ({
      at: new Date(at),
      variation: variationNumbers.indexOf(variation),
      accountIds: accountIds ?? [],
    })),
    views: known.views.get(postId) ?? [],
    variationNumbers,
  };
};
