import { Injectable } from '@nestjs/common';
import { plusMs } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import { DEFAULT_ROUTE, type Route } from '../../../routing/domain/route.js';
import { RouteReader } from '../../../routing/index.js';
import type { NewTarget } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';

type Draft = Omit<NewTarget, 'staleAt'>;

/** Until when a target is worth anything, by the route that holds for it. */
@Injectable()
export class Freshness {
  constructor(
    private readonly routes: RouteReader,
    private readonly engine: Engine,
  ) {}

  /** @param known the routes by account, where they have been read already */
  async withStaleAt(drafts: readonly Draft[], tx: Tx, known?: ReadonlyMap<string, Route>): Promise<NewTarget[]> {
    const routes = known ? undefined : await this.read(drafts, tx);
    return drafts.map((draft) => {
      const route = known?.get(draft.accountId) ?? routes?.get(draft.id) ?? DEFAULT_ROUTE;
      const staleMs = this.engine.settings.routing.staleAfterMs(route);
      return { ...draft, staleAt: plusMs(draft.scheduledAt, staleMs) };
    });
  }

  private read(drafts: readonly Draft[], tx: Tx): Promise<ReadonlyMap<string, Route>> {
    const asked = drafts.map((draft) => ({ ...draft, targetId: draft.id, tags: draft.content.tags }));
    return this.routes.forTargets(asked, tx);
  }
}
