import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { MailTransport } from '../../../infra/mail/mail-transport.js';
import { Clock } from '../../../kernel/clock.port.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { MailDelivery } from '../../domain/sending/mailer.port.js';
import { allowedToday, type MailServer, MAX_CONNECTIONS } from '../../domain/sending/mail-server.js';
import { MailServers, type OutgoingMessage } from '../../domain/sending/mail-servers.port.js';
import { SERVER, type ServerRow, toServer } from './mail-server.rows.js';
import { WorkspaceTransports } from './workspace-transports.js';

/** The instance's own servers, from the configuration, in their order. */
export class InstanceTransports {
  constructor(readonly all: readonly MailTransport[]) {}
}

@Injectable()
export class SmtpServers extends MailServers implements OnApplicationShutdown {
  private readonly own: ReadonlyMap<string, MailTransport>;
  private readonly ownServers: readonly MailServer[];

  constructor(
    private readonly database: Database,
    private readonly workspaceTransports: WorkspaceTransports,
    private readonly clock: Clock,
    instance: InstanceTransports,
  ) {
    super();
    const configured = instance.all.filter(({ isConfigured }) => isConfigured);
    this.ownServers = configured.map(({ server }, priority) => instanceServer(server, priority));
    this.own = new Map(configured.map((transport, index) => [this.ownServers[index]?.id ?? '', transport]));
  }

  async of(workspaceId: WorkspaceId): Promise<readonly MailServer[]> {
    const rows = await this.database.rows<ServerRow>(
      `select ${SERVER} from mail_server where workspace_id = $1 and disabled_at is null order by priority, created_at`,
      [workspaceId],
    );
    return rows.length > 0 ? rows.map(toServer) : this.ownServers;
  }

  async send(server: MailServer, message: OutgoingMessage): Promise<MailDelivery> {
    const transport = this.own.get(server.id) ?? (await this.workspaceTransports.of(server));
    if (!transport)
      return { kind: 'refused', lasting: 'temporary', stage: 'route', reply: 'The mail server was removed.' };
    return transport.sendRaw(message);
  }

  async reserve(server: MailServer, wanted: number): Promise<number> {
    const now = this.clock.now();
    const allowed = server.warmUp === null ? undefined : allowedToday(server.warmUp, now);
    if (allowed === undefined) return Infinity;
    if (allowed === 0) return 0;
    const day = now.toISOString().slice(0, 10);
    return this.database.run(async (tx) => {
      await this.database.affected(
        `insert into mail_server_day (workspace_id, mail_server_id, day, used) values ($1, $2, $3, 0)
         on conflict do nothing`,
        [server.workspaceId, server.id, day],
        tx,
      );
      const row = await this.database.row<{ used: number }>(
        'select used from mail_server_day where mail_server_id = $1 and day = $2::date for update',
        [server.id, day],
        tx,
      );
      const granted = Math.max(0, Math.min(wanted, allowed - (row?.used ?? 0)));
      await this.database.affected(
        'update mail_server_day set used = used + $3 where mail_server_id = $1 and day = $2::date',
        [server.id, day, granted],
        tx,
      );
      return granted;
    });
  }

  async giveBack(server: MailServer, unused: number): Promise<void> {
    await this.database.affected(
      `update mail_server_day set used = greatest(0, used - $3) where mail_server_id = $1 and day = $2::date`,
      [server.id, this.clock.now().toISOString().slice(0, 10), unused],
    );
  }

  onApplicationShutdown(): void {
    for (const transport of this.own.values()) transport.onApplicationShutdown();
    this.workspaceTransports.close();
  }
}

const instanceServer = (name: string, priority: number): MailServer => ({
  id: `instance:${priority}:${name}`,
  workspaceId: null,
  name,
  priority,
  connections: MAX_CONNECTIONS,
  perSecond: null,
  warmUp: null,
  version: 0,
});
