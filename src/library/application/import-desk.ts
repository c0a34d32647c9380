import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import { newId, type WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { type ImportId, MAX_OPEN_IMPORTS, type MediaImport, tooManyImports } from '../domain/media-import.js';
import { ImportQueue, MediaImports } from '../domain/media-imports.port.js';
import { RemoteFiles } from '../domain/remote-files.port.js';

/** Orders for imports, and where they stand. */
@Injectable()
export class ImportDesk {
  constructor(
    private readonly imports: MediaImports,
    private readonly queue: ImportQueue,
    private readonly files: RemoteFiles,
  ) {}

  /**
   * Takes the order; a worker does it.
   * @throws DomainError `url.refused`, `import.too_many_open`
   */
  async order(
    order: { readonly workspaceId: WorkspaceId; readonly url: string; readonly fileName: string | undefined },
    tx: Tx,
  ): Promise<MediaImport> {
    const { workspaceId, url, fileName } = order;
    this.files.check(url);
    const item = { id: newId(), workspaceId, url, ...(fileName === undefined ? {} : { fileName }) };
    const stored = await this.imports.insert(item, MAX_OPEN_IMPORTS, tx);
    if (!stored) throw tooManyImports();
    await this.queue.enqueue(stored, tx);
    return stored;
  }

  /** @throws DomainError `import.not_found` */
  async get(workspaceId: WorkspaceId, id: ImportId): Promise<MediaImport> {
    const found = await this.imports.find(workspaceId, id);
    if (!found) throw notFound('import', id);
    return found;
  }
}
