import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { MailServer, WarmUp } from './mail-server.js';

export const SERVER_SECURITIES = ['tls', 'starttls', 'none'] as const;
export type ServerSecurity = (typeof SERVER_SECURITIES)[number];

/** What a workspace says of a server; the password is stored sealed and never answered. */
export interface ServerFields {
  readonly host: string;
  readonly port: number;
  readonly security: ServerSecurity;
  /** null: the server asks for none. */
  readonly username: string | null;
  readonly priority: number;
  readonly connections: number;
  readonly perSecond: number | null;
  readonly warmUp: WarmUp | null;
  readonly enabled: boolean;
}

/** A server as its workspace sees it. */
export interface StoredServer extends ServerFields, Pick<MailServer, 'id' | 'version'> {
  readonly workspaceId: WorkspaceId;
  /** Messages of today, by its warm-up's count. */
  readonly usedToday: number;
  readonly createdAt: Date;
}

export interface ServerPlace {
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** A workspace's own mail servers. */
export abstract class MailServerStore {
  /** How many there are; nobody else adds one until `tx` ends. */
  abstract countUnderLock(workspaceId: WorkspaceId, tx: Tx): Promise<number>;
  abstract insert(
    workspaceId: WorkspaceId,
    fields: ServerFields,
    password: string | null,
    tx: Tx,
  ): Promise<StoredServer>;
  /** In a transaction the row is locked. */
  abstract find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<StoredServer | undefined>;
  /** @param password undefined: stays as it is */
  abstract save(server: StoredServer, password: string | null | undefined, tx: Tx): Promise<StoredServer>;
  abstract remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<boolean>;
  abstract list(
    workspaceId: WorkspaceId,
    place: ServerPlace,
  ): Promise<readonly (StoredServer & { readonly at: string })[]>;
}
