import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { MailServerStore, type ServerFields, type StoredServer } from '../../domain/sending/mail-server-store.port.js';
import { loginWithoutTls, tooManyServers } from '../../domain/sending/sending.errors.js';

/** Servers of one workspace; more would be a mistake. */
const MAX_SERVERS = 10;

/** What a password was given for. */
const PLACE = ['host', 'port', 'username'] as const satisfies readonly (keyof ServerFields)[];

/** Who asks. */
export interface Caller {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
}

/** A change; `password: null` forgets it, left out keeps it. */
export type ServerChange = Partial<ServerFields> & { readonly password?: string | null };

/** A workspace's own mail servers: its mail leaves by these and no longer by the instance's. */
@Injectable()
export class MailServerDesk {
  constructor(
    private readonly store: MailServerStore,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `mail_server.too_many`, `mail_server.login_in_clear` */
  async add(caller: Caller, fields: ServerFields, password: string | null, tx: Tx): Promise<StoredServer> {
    assertLogin(fields);
    if ((await this.store.countUnderLock(caller.workspaceId, tx)) >= MAX_SERVERS) throw tooManyServers(MAX_SERVERS);
    const server = await this.store.insert(caller.workspaceId, fields, password, tx);
    await this.note(caller, 'mail_server.added', server, tx);
    return server;
  }

  /** @throws DomainError `mail_server.not_found`, `mail_server.login_in_clear` */
  async change(caller: Caller, id: string, change: ServerChange, tx: Tx): Promise<StoredServer> {
    const { password, ...fields } = change;
    const server = await this.get(caller.workspaceId, id, tx);
    const changed = { ...server, ...fields };
    assertLogin(changed);
    // Whoever points a server elsewhere does not take the password along: it was given for the old place.
    const isElsewhere = PLACE.some((field) => changed[field] !== server[field]);
    const kept = password === undefined && isElsewhere ? null : password;
    const saved = await this.store.save(kept === null ? { ...changed, username: null } : changed, kept, tx);
    await this.note(caller, 'mail_server.changed', saved, tx);
    return saved;
  }

  /** @throws DomainError `mail_server.not_found` */
  async remove(caller: Caller, id: string, tx: Tx): Promise<void> {
    const server = await this.get(caller.workspaceId, id, tx);
    await this.store.remove(caller.workspaceId, id, tx);
    await this.note(caller, 'mail_server.removed', server, tx);
  }

  /** @throws DomainError `mail_server.not_found` */
  async get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<StoredServer> {
    const server = await this.store.find(workspaceId, id, tx);
    if (!server) throw notFound('mail_server', id);
    return server;
  }

  private note(
    { workspaceId, actor }: Caller,
    action: string,
    { id, host, port }: StoredServer,
    tx: Tx,
  ): Promise<void> {
    return this.audit.append({ workspaceId, actor, action, subjectId: id, detail: { host, port } }, tx);
  }
}

const assertLogin = ({ security, username }: ServerFields): void => {
  if (username !== null && security === 'none') throw loginWithoutTls();
};
