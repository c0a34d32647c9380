import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { RouteReader } from '../../../routing/index.js';
import { Announcements } from '../../domain/rerouting/announcements.port.js';

/** What is needed of an event. */
interface Happening {
  readonly type: string;
  readonly subjectId: string;
}

/** When a moved run is live elsewhere, each account its route names under `announce` owes one message about it. */
@Injectable()
export class PlanAnnouncements {
  constructor(
    private readonly announcements: Announcements,
    private readonly routes: RouteReader,
  ) {}

  async execute(happenings: readonly Happening[], tx: Tx): Promise<void> {
    const published = happenings.filter(({ type }) => type === 'post.published').map(({ subjectId }) => subjectId);
    if (published.length === 0) return;
    const roots = await this.announcements.movedRoots(published, tx);
    const routes = await this.routes.forTargets(roots, tx);
    const owed = roots.flatMap(({ targetId: rootId, workspaceId }) =>
      (routes.get(rootId)?.announce ?? []).map((accountId) => ({ rootId, workspaceId, accountId })),
    );
    await this.announcements.plan(owed, tx);
  }
}
