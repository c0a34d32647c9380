import type { ImapFlow } from 'imapflow';
import { SECOND_MS } from '../../../kernel/durations.js';
import { BounceMailbox, type MailboxMail, type MailboxPlace } from '../../domain/bounces/bounce-mailbox.port.js';
import { MAX_MESSAGE_BYTES } from '../../domain/bounces/mime-part.js';

const TIMEOUT_MS = 30 * SECOND_MS;

/** A mailbox over IMAP; connected for one reading at a time. */
export class ImapMailbox extends BounceMailbox {
  private readonly url: URL | undefined;

  /** @param url `imaps://user:password@host:port/mailbox`, name and password percent-encoded; undefined: none */
  constructor(url: string | undefined) {
    super();
    this.url = url === undefined ? undefined : new URL(url);
  }

  override get name(): string | undefined {
    return this.url && `${decodeURIComponent(this.url.username)}@${this.url.host}/${this.folder}`;
  }

  override async after(
    place: MailboxPlace | undefined,
    limit: number,
  ): Promise<{ validity: string; mails: readonly MailboxMail[] }> {
    const client = await this.connected();
    try {
      const opened = await client.mailboxOpen(this.folder, { readOnly: true });
      const validity = String(opened.uidValidity);
      const last = place?.validity === validity ? place.uid : 0;
      return { validity, mails: await mailsAfter(client, last, limit) };
    } finally {
      await client.logout().catch(() => client.close());
    }
  }

  private get folder(): string {
    return decodeURIComponent(this.url?.pathname.slice(1) ?? '') || 'INBOX';
  }

  /** Loaded only where a mailbox is configured. */
  private async connected(): Promise<ImapFlow> {
    if (!this.url) throw new Error('No mailbox is configured.');
    const { ImapFlow: Client } = await import('imapflow');
    const { hostname, port, protocol, username, password } = this.url;
    const secure = protocol === 'imaps:';
    const client = new Client({
      host: hostname,
      port: Number(port) || (secure ? 993 : 143),
      secure,
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
    // Without a listener a connection that breaks between two commands would end the process.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}

const mailsAfter = async (client: ImapFlow, last: number, limit: number): Promise<readonly MailboxMail[]> => {
  // A range "n:*" always holds the newest mail, also when its number is lower.
  const found = (await client.search({ uid: `${last + 1}:*` }, { uid: true })) || [];
  const uids = found
    .filter((uid) => uid > last)
    .sort((one, other) => one - other)
    .slice(0, limit);
  if (uids.length === 0) return [];
  const mails: MailboxMail[] = [];
  const wanted = { uid: true, source: { maxLength: MAX_MESSAGE_BYTES } };
  for await (const { uid, source } of client.fetch(uids.join(','), wanted, { uid: true }))
    mails.push({ uid, raw: source ?? Buffer.alloc(0) });
  return mails.sort((one, other) => one.uid - other.uid);
};
