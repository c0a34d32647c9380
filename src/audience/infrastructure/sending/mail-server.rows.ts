import type { WorkspaceId } from '../../../kernel/ids.js';
import type { MailServer } from '../../domain/sending/mail-server.js';

/** A server's row as the sender reads it. */
export interface ServerRow {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly host: string;
  readonly port: number;
  readonly priority: number;
  readonly connections: number;
  readonly perSecond: number | null;
  readonly warmUpFrom: string | null;
  readonly warmUpFirst: number | null;
  readonly warmUpFactor: number | null;
  readonly warmUpUntil: number | null;
  readonly version: number;
}

export const SERVER = `id, workspace_id as "workspaceId", host, port, priority, connections, per_second as "perSecond",
  warm_up_from::text as "warmUpFrom", warm_up_first as "warmUpFirst", warm_up_factor as "warmUpFactor",
  warm_up_until as "warmUpUntil", version`;

export const toServer = (row: ServerRow): MailServer => {
  const { id, workspaceId, host, port, priority, connections, perSecond, version } = row;
  const { warmUpFrom: from, warmUpFirst: first, warmUpFactor: factor, warmUpUntil: until } = row;
  const isWarming = from !== null && first !== null && factor !== null && until !== null;
  const warmUp = isWarming ? { from, first, factor, until } : null;
  return { id, workspaceId, name: `${host}:${port}`, priority, connections, perSecond, warmUp, version };
};
