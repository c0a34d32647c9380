import { Injectable } from '@nestjs/common';
import { plusMs } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import { DEFAULT_ROUTE } from '../../../routing/domain/route.js';
import { RouteReader } from '../../../routing/index.js';
import type { NewTarget } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';

/** Until when a target is worth anything, by the route that holds for it. */
@Injectable()
export class Freshness {
  constructor(
    private readonly routes: RouteReader,
    private readonly engine: Engine,
  ) {}

  async withStaleAt(drafts: readonly Omit<NewTarget, 'staleAt'>[], tx: Tx): Promise<NewTarget[]> {
    const asked = drafts.map((draft) => ({ ...draft, targetId: draft.id, tags: draft.content.tags }));
    const routes = await this.routes.forTargets(asked, tx);
    return drafts.map((draft) => {
      const staleMs = this.engine.settings.routing.staleAfterMs(routes.get(draft.id) ?? DEFAULT_ROUTE);
      return { ...draft, staleAt: plusMs(draft.scheduledAt, staleMs) };
    });
  }
}
