import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { readTarget } from '../../domain/lists/import-columns.js';
import {
  knownFile,
  MAX_OPEN_SUBSCRIBER_IMPORTS,
  notCancellable,
  notStartable,
  type SubscriberImport,
  type SubscriberImportSettings,
  tooManyImports,
} from '../../domain/lists/subscriber-import.js';
import {
  type ImportName,
  SubscriberImportQueue,
  SubscriberImports,
} from '../../domain/lists/subscriber-imports.port.js';

/** Who acts. */
interface Caller {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
}

/** Imports of people: announced, started, stopped. */
@Injectable()
export class SubscriberImportDesk {
  constructor(
    private readonly imports: SubscriberImports,
    private readonly queue: SubscriberImportQueue,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `import.bad_target` */
  announce({ workspaceId, actor }: Caller, settings: SubscriberImportSettings, tx: Tx): Promise<SubscriberImport> {
    for (const target of Object.values(settings.mapping ?? {})) readTarget(target);
    const settingsHash = createHash('sha256').update(JSON.stringify(settings)).digest();
    return this.imports.create({ id: newId(), workspaceId, actor, settings, settingsHash }, tx);
  }

  /**
   * Lets a judged or cancelled import put its people on the list.
   * @throws DomainError `subscriber_import.not_found`, `subscriber_import.not_startable`,
   *   `subscriber_import.known_file`, `subscriber_import.too_many_open`
   */
  async start(name: ImportName & Caller, tx: Tx): Promise<SubscriberImport> {
    const item = await this.imports.lock(name, tx);
    if (item.state !== 'checked' && item.state !== 'cancelled') throw notStartable(item);
    const earlier = await this.imports.startedWith(item, tx);
    if (earlier !== undefined && earlier !== item.id) throw knownFile(earlier);
    if ((await this.imports.countOpen(item.workspaceId, tx)) >= MAX_OPEN_SUBSCRIBER_IMPORTS) throw tooManyImports();
    await this.imports.setState(item, 'queued', tx);
    await this.queue.enqueue(item, tx);
    await this.note(name, 'subscriber_import.started', tx);
    return this.imports.get(name, tx);
  }

  /**
   * Stops between two chunks; who is on the list stays there.
   * @throws DomainError `subscriber_import.not_found`, `subscriber_import.not_cancellable`
   */
  async cancel(name: ImportName & Caller, tx: Tx): Promise<SubscriberImport> {
    const item = await this.imports.lock(name, tx);
    if (item.state === 'cancelled') return item;
    if (item.state !== 'queued' && item.state !== 'running') throw notCancellable(item);
    await this.imports.setState(item, 'cancelled', tx);
    await this.note(name, 'subscriber_import.cancelled', tx);
    return this.imports.get(name, tx);
  }

  private note({ workspaceId, actor, id }: ImportName & Caller, action: string, tx: Tx): Promise<void> {
    return this.audit.append({ workspaceId, actor, action, subjectId: id }, tx);
  }
}
