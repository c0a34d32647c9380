import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Listed, ListPlace } from '../../../library/domain/media-records.port.js';
import { AuditLog } from '../../../workspaces/index.js';
import {
  type BadRowsRule,
  hasBadRows,
  type ImportRow,
  isStartable,
  MAX_OPEN_POST_IMPORTS,
  notCancellable,
  notStartable,
  type PostImport,
  type PostImportId,
  tooManyPostImports,
} from '../../domain/bulk/post-import.js';
import { PostImportQueue, PostImports, type ReceivedImport } from '../../domain/bulk/post-imports.port.js';
import type { RowState } from '../../domain/bulk/row-verdict.js';
import type { Caller } from '../create-post.js';

/** Names one import and who acts on it. */
export type ImportRef = Caller & { readonly id: PostImportId };

/** Imports of posts: taken in, started, stopped, looked at. */
@Injectable()
export class PostImportDesk {
  constructor(
    private readonly imports: PostImports,
    private readonly queue: PostImportQueue,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Shows a file that has been received. The same file under the same settings answers the import that was started
   * first; one that was only judged is judged anew.
   * @throws DomainError `post_import.too_many_open`
   */
  async settle(
    caller: Caller,
    { received, isDryRun }: { readonly received: ReceivedImport; readonly isDryRun: boolean },
    tx: Tx,
  ): Promise<{ readonly item: PostImport; readonly isKnown: boolean }> {
    const earlier = await this.imports.startedUnder(received, tx);
    if (earlier) {
      await this.imports.drop(received.id, tx);
      return { item: earlier, isKnown: true };
    }
    await this.imports.dropChecked(received, tx);
    if (isDryRun) return { item: await this.imports.settle(received, 'checked', tx), isKnown: false };
    const isRefused = received.badRows === 'refuse' && (await this.imports.countBad(received.id, tx)) > 0;
    if (isRefused) return { item: await this.imports.settle(received, 'refused', tx), isKnown: false };
    await this.assertRoom(received.workspaceId, tx);
    const item = await this.imports.settle(received, 'queued', tx);
    await this.send({ ...caller, id: item.id }, item, tx);
    return { item, isKnown: false };
  }

  /**
   * Lets a judged or cancelled import store its posts.
   * @throws DomainError `post_import.not_found`, `post_import.not_startable`, `post_import.has_bad_rows`,
   *   `post_import.too_many_open`
   */
  async start(ref: ImportRef, badRows: BadRowsRule | undefined, tx: Tx): Promise<PostImport> {
    const item = await this.locked(ref, tx);
    if (!isStartable(item)) throw notStartable(item);
    if ((badRows ?? item.badRows) === 'refuse' && item.counts.bad > 0) throw hasBadRows(item.id, item.counts.bad);
    await this.assertRoom(ref.workspaceId, tx);
    await this.imports.setState(item.id, 'queued', tx);
    await this.send(ref, item, tx);
    return this.get(ref.workspaceId, ref.id, tx);
  }

  /**
   * Stops between two batches; what is stored stays.
   * @throws DomainError `post_import.not_found`, `post_import.not_cancellable`
   */
  async cancel(ref: ImportRef, tx: Tx): Promise<PostImport> {
    const item = await this.locked(ref, tx);
    if (item.state === 'cancelled') return item;
    if (item.state !== 'queued' && item.state !== 'running') throw notCancellable(item);
    await this.imports.setState(item.id, 'cancelled', tx);
    await this.note(ref, 'post_import.cancelled', tx);
    return this.get(ref.workspaceId, ref.id, tx);
  }

  /** @throws DomainError `post_import.not_found` */
  async get(workspaceId: WorkspaceId, id: PostImportId, tx?: Tx): Promise<PostImport> {
    const item = await this.imports.find(workspaceId, id, tx);
    if (!item) throw notFound('post_import', id);
    return item;
  }

  list(workspaceId: WorkspaceId, place: ListPlace): Promise<Listed<PostImport>[]> {
    return this.imports.list(workspaceId, place);
  }

  /** @throws DomainError `post_import.not_found` */
  async rows(
    workspaceId: WorkspaceId,
    id: PostImportId,
    page: { readonly states: readonly RowState[]; readonly after: number; readonly limit: number },
  ): Promise<ImportRow[]> {
    await this.get(workspaceId, id);
    return this.imports.rows(workspaceId, id, page);
  }

  private async locked({ workspaceId, id }: ImportRef, tx: Tx): Promise<PostImport> {
    const item = await this.imports.lock(workspaceId, id, tx);
    if (!item) throw notFound('post_import', id);
    return item;
  }

  private async assertRoom(workspaceId: WorkspaceId, tx: Tx): Promise<void> {
    if ((await this.imports.countOpen(workspaceId, tx)) >= MAX_OPEN_POST_IMPORTS) throw tooManyPostImports();
  }

  private async send(ref: ImportRef, item: Pick<PostImport, 'id' | 'workspaceId'>, tx: Tx): Promise<void> {
    await this.queue.enqueue(item, { tx });
    await this.note(ref, 'post_import.started', tx);
  }

  private note({ workspaceId, actor, id }: ImportRef, action: string, tx: Tx): Promise<void> {
    return this.audit.append({ workspaceId, actor, action, subjectId: id }, tx);
  }
}
