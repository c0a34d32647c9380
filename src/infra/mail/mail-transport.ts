import { domainToASCII } from 'node:url';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { ProviderObservations } from '../providers/provider-observations.js';
import { type MailOutcome, outcomeOfFailure, type SmtpFailure } from './mail-outcome.js';
import type { Letter, LinkOptions } from './smtp-link.js';
import { SmtpLinks } from './smtp-links.js';

/** One message to one person, its headers already checked for line breaks. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** With angle brackets. */
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A message that is written and signed already; `from` and `to` are what the mail server is told. */
export interface RawMail {
  readonly from: string;
  readonly to: string;
  readonly raw: Uint8Array;
}

/** A server as nodemailer takes it, where an address alone does not say enough. */
export type MailServerOptions = { readonly host: string; readonly port: number } & Readonly<Record<string, unknown>>;

/** Milliseconds; `totalMs` bounds one message whatever the server does, for servers that trickle their replies. */
export interface MailTimeouts {
  readonly connectionMs: number;
  readonly greetingMs: number;
  readonly socketMs: number;
  readonly totalMs: number;
}

/** Below the minute after which a peer takes an unfinished message for lost. */
export const MAIL_TIMEOUTS: MailTimeouts = {
  connectionMs: 10_000,
  greetingMs: 10_000,
  socketMs: 30_000,
  totalMs: 45_000,
};

/** RFC 5321, 4.2.2: the whole service, not this message. */
const NOT_AVAILABLE = 421;

/** A message as it was composed for the wire. */
interface Composed {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly raw: Buffer;
}

/** Connections to one SMTP server; answers values and never sends a message again by itself. */
export class MailTransport {
  /** False when no SMTP server is configured. */
  readonly isConfigured: boolean;
  /** `host:port`, as journals name it. */
  readonly server: string;
  private readonly links: SmtpLinks;

  /** @param server `smtp://user:password@host:port`, or nodemailer's options; undefined: mail is switched off */
  constructor(
    server: string | MailServerOptions | undefined,
    private readonly timeouts: MailTimeouts = MAIL_TIMEOUTS,
    private readonly observations?: ProviderObservations,
  ) {
    this.isConfigured = server !== undefined;
    const options = typeof server === 'object' ? server : readUrl(server ?? NOWHERE);
    this.server = typeof server === 'object' ? `${server.host}:${server.port}` : new URL(server ?? NOWHERE).host;
    this.links = new SmtpLinks({
      ...options,
      connectionTimeout: timeouts.connectionMs,
      greetingTimeout: timeouts.greetingMs,
      socketTimeout: timeouts.socketMs,
    });
  }

  async send(mail: OutgoingMail): Promise<MailOutcome> {
    return this.hand(this.isConfigured ? await compose(mail) : NOTHING);
  }

  sendRaw({ from, to, raw }: RawMail): Promise<MailOutcome> {
    return this.hand({
      envelope: { from: wired(from), to: [wired(to)] },
      raw: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength),
    });
  }

  /** Ends the connections; a message that is under way may finish. */
  onApplicationShutdown(): void {
    this.links.close();
  }

  private async hand({ envelope, raw }: Composed): Promise<MailOutcome> {
    if (!this.isConfigured)
      return { kind: 'refused', lasting: 'temporary', stage: 'route', reply: 'SMTP_URL is not set.' };
    const outcome = await this.deliver({ ...envelope, raw, bodyLeft: false });
    this.observe(outcome);
    return outcome;
  }

  private async deliver(letter: Letter): Promise<MailOutcome> {
    try {
      return { kind: 'accepted', reply: await this.links.send(letter, this.timeouts.totalMs), server: this.server };
    } catch (error) {
      return outcomeOfFailure(error as SmtpFailure, letter.bodyLeft);
    }
  }

  /** A server that judged a message, however it did, is well; one that could not be spoken with, or closes, is not. */
  private observe(outcome: MailOutcome): void {
    const isJudged = outcome.kind === 'refused' && outcome.stage === 'message';
    // Refused before any server was asked: nobody's doing but ours.
    if (isJudged && outcome.code === undefined) return;
    const isGood = outcome.kind === 'accepted' || (isJudged && outcome.code !== NOT_AVAILABLE);
    const detail = outcome.kind === 'unknown' ? outcome.detail : outcome.reply;
    this.observations?.observe({ provider: 'mail', name: this.server, isGood, ...(isGood ? {} : { detail }) });
  }
}

const ASCII = /^[\x20-\x7e]*$/;
const NOWHERE = 'smtp://localhost:25';
const NOTHING: Composed = { envelope: { from: '', to: [] }, raw: Buffer.alloc(0) };

/** The domain as every mail server reads it (IDNA); the local part stays as it is. */
const wired = (address: string): string =>
  ASCII.test(address) ? address : address.replace(/[^@]+$/, (domain) => domainToASCII(domain) || domain);

const readUrl = (url: string): LinkOptions => parseConnectionUrl(new URL(url).href) as LinkOptions;

const compose = async (mail: OutgoingMail): Promise<Composed> => {
  const composed = new MailComposer({ ...mail, disableFileAccess: true, disableUrlAccess: true }).compile();
  const { from, to } = composed.getEnvelope();
  return { envelope: { from: from || '', to }, raw: await composed.build() };
};
