import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import type { RadarWatchDraft } from '../../domain/radar/radar-watch.js';
import { type KnownWatch, RadarWatches } from '../../domain/radar/radar.ports.js';

/** The operator who asks. */
export interface RadarKeeper {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
}

/** What the instance watches, as operators decide; nothing until they do. */
@Injectable()
export class RadarDesk {
  constructor(
    private readonly watches: RadarWatches,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `radar.too_many` */
  async add({ workspaceId, actor }: RadarKeeper, draft: RadarWatchDraft, tx: Tx): Promise<KnownWatch> {
    const watch = await this.watches.insert(draft, tx);
    const detail = { title: watch.title, kind: watch.subject.kind };
    await this.audit.append({ workspaceId, actor, action: 'radar_watch.added', subjectId: watch.id, detail }, tx);
    return watch;
  }

  /** @throws DomainError `radar_watch.not_found` */
  async remove({ workspaceId, actor }: RadarKeeper, id: string, tx: Tx): Promise<void> {
    const watch = await this.watches.remove(id, tx);
    if (!watch) throw notFound('radar_watch', id);
    const detail = { title: watch.title, kind: watch.subject.kind };
    await this.audit.append({ workspaceId, actor, action: 'radar_watch.removed', subjectId: id, detail }, tx);
  }
}
