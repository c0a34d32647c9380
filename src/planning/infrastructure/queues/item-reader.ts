import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { PlanningItem } from '../../domain/queues/planning-facts.port.js';
import type { PastViews } from '../../domain/queues/queue.js';
import type { RecyclingSettings } from '../../domain/queues/recycling.js';
import { CATEGORIES, ITEMS, VIEWS } from './item-reader.sql.js';
import { ItemShapes, type ShapeSource } from './item-shapes.js';

interface ItemRow extends ShapeSource {
  readonly postId: string;
  readonly createdAt: Date;
  readonly count: number;
  readonly lastAt: Date | null;
  readonly lastVariation: number | null;
  readonly runs: readonly RunRow[] | null;
  /** By account: milliseconds since 1970. */
  readonly lastOn: Readonly<Record<string, number>> | null;
}

interface RunRow {
  readonly occurrenceId: string;
  readonly at: number;
  readonly variation: number;
  readonly accountIds: readonly string[] | null;
}

type ViewsRow = PastViews & { readonly postId: string; readonly platform: PlatformName };

/** Which posts to read, and what of them. */
export interface ItemWish {
  /** All that may return when left out. */
  readonly postIds?: readonly string[];
  readonly withViews: boolean;
}

/** Reads evergreen posts with their runs: three statements, however many they are. */
@Injectable()
export class ItemReader {
  constructor(private readonly database: Database) {}

  /** In order of their ids. A post that may not return (any more) is not there. */
  async read(workspaceId: WorkspaceId, { postIds, withViews }: ItemWish, tx?: Tx): Promise<PlanningItem[]> {
    if (postIds?.length === 0) return [];
    const asked = [workspaceId, postIds ?? null];
    const settings = await this.database.rows<{ category: string; recycling: RecyclingSettings }>(
      CATEGORIES,
      [workspaceId],
      tx,
    );
    const rows = await this.database.rows<ItemRow>(ITEMS, asked, tx);
    const views = withViews ? await this.database.rows<ViewsRow>(VIEWS, asked, tx) : [];
    const viewsOf = Map.groupBy(views, ({ postId }) => postId);
    const shapes = new ItemShapes(new Map(settings.map(({ category, recycling }) => [category, recycling])));
    return rows.map((row) => toItem(row, shapes, viewsOf.get(row.postId)));
  }
}

const NO_VIEWS: readonly PastViews[] = [];

const toItem = (row: ItemRow, shapes: ItemShapes, views: readonly ViewsRow[] = []): PlanningItem => {
  const shape = shapes.of(row);
  const { variationNumbers } = shape;
  const last = row.lastVariation === null ? -1 : variationNumbers.indexOf(row.lastVariation);
  return {
    ...shape,
    postId: row.postId,
    createdAt: row.createdAt,
    past: {
      count: row.count,
      lastOn: new Map(Object.entries(row.lastOn ?? {}).map(([id, at]) => [id, new Date(at)])),
      ...(row.lastAt ? { lastAt: row.lastAt } : {}),
      ...(last < 0 ? {} : { lastVariation: last }),
    },
    runs: (row.runs ?? []).map(({ occurrenceId, at, variation, accountIds }) => ({
      occurrenceId,
      at: new Date(at),
      variation: variationNumbers.indexOf(variation),
      accountIds: accountIds ?? [],
    })),
    views: views.length === 0 ? NO_VIEWS : views.map(({ platform, mean, runs }) => ({ platform, mean, runs })),
  };
};
