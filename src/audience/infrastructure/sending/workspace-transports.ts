import type { SecretBox } from '../../../infra/crypto/secret-box.js';
import type { Database } from '../../../infra/database/database.js';
import type { FetchPolicy } from '../../../infra/fetch/public-address.js';
import { guardedSocket } from '../../../infra/mail/guarded-socket.js';
import { MAIL_TIMEOUTS, MailTransport } from '../../../infra/mail/mail-transport.js';
import type { ProviderObservations } from '../../../infra/providers/provider-observations.js';
import type { MailServer } from '../../domain/sending/mail-server.js';

/** How a stored server is reached. */
export interface ServerAccess {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string | null;
  readonly passwordEnc: Buffer | null;
  readonly keyId: string | null;
  readonly version: number;
}

interface Open {
  readonly version: number;
  readonly transport: MailTransport;
}

/** A pool of connections nobody used for so long is closed. */
const IDLE_MS = 120_000;
const ACCESS = `id, host, port, security, username, password_enc as "passwordEnc", key_id as "keyId", version`;

/** Where a password is sealed. */
export const passwordPlace = (id: string): string => `mail_server|password_enc|${id}`;

/** Connections to the servers that workspaces brought, opened when first used, by the guarded door only. */
export class WorkspaceTransports {
  private readonly open = new Map<string, Open>();
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly policy: FetchPolicy,
    private readonly observations: ProviderObservations,
  ) {}

  /** @returns undefined when the server is gone */
  async of({ id, version }: MailServer): Promise<MailTransport | undefined> {
    const known = this.open.get(id);
    if (known && known.version >= version) return this.keep(id, known);
    const access = await this.database.row<ServerAccess>(`select ${ACCESS} from mail_server where id = $1`, [id]);
    if (!access) return undefined;
    const meanwhile = this.open.get(id);
    if (meanwhile && meanwhile.version >= access.version) return this.keep(id, meanwhile);
    this.forget(id);
    return this.keep(id, { version: access.version, transport: this.connect(access) });
  }

  close(): void {
    for (const id of [...this.open.keys()]) this.forget(id);
  }

  private forget(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.open.get(id)?.transport.onApplicationShutdown();
    this.open.delete(id);
  }

  private keep(id: string, open: Open): MailTransport {
    clearTimeout(this.timers.get(id));
    this.open.set(id, open);
    this.timers.set(id, setTimeout(() => this.forget(id), IDLE_MS).unref());
    return open.transport;
  }

  private connect({ id, host, port, security, username, passwordEnc, keyId }: ServerAccess): MailTransport {
    const password =
      passwordEnc && keyId !== null ? this.box.open({ sealed: passwordEnc, keyId }, passwordPlace(id)) : undefined;
    return new MailTransport(
      {
        host,
        port,
        secure: security === 'tls',
        requireTLS: security === 'starttls',
        ignoreTLS: security === 'none',
        tls: { servername: host },
        ...(username !== null && password !== undefined ? { auth: { user: username, pass: password } } : {}),
        getSocket: guardedSocket({ host, port }, this.policy, MAIL_TIMEOUTS.connectionMs),
      },
      MAIL_TIMEOUTS,
      this.observations,
    );
  }
}
