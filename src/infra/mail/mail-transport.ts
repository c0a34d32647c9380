import { createTransport, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import type { ProviderObservations } from '../providers/provider-observations.js';
import { type MailOutcome, outcomeOfFailure, type SmtpFailure } from './mail-outcome.js';

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

/** Most servers close a peer that opens more than ten or twenty. */
const CONNECTIONS = 10;
/** Only messages of which no byte was taken are put on another connection by the pool. */
const REQUEUES = 2;

/** RFC 5321, 4.2.2: the whole service, not this message. */
const NOT_AVAILABLE = 421;

/** Every body stream the pool opened for one message; more than one when it changed the connection. */
interface Flight {
  readonly bodies: { readonly readableDidRead?: boolean }[];
}

type InFlight = { readonly message: { createReadStream: () => object }; readonly data: { readonly flight?: Flight } };

/** A pool of SMTP connections that answers values and never sends a message again by itself. */
export class MailTransport {
  /** False when no SMTP server is configured. */
  readonly isConfigured: boolean;
  /** `host:port`, as journals name it. */
  readonly server: string;
  private readonly transporter: Transporter<SMTPPool.SentMessageInfo>;

  /** @param server `smtp://user:password@host:port`, or nodemailer's options; undefined: mail is switched off */
  constructor(
    server: string | MailServerOptions | undefined,
    private readonly timeouts: MailTimeouts = MAIL_TIMEOUTS,
    private readonly observations?: ProviderObservations,
  ) {
    this.isConfigured = server !== undefined;
    const options = typeof server === 'object' ? server : { url: new URL(server ?? 'smtp://localhost:25').href };
    this.server = 'url' in options ? new URL(String(options.url)).host : `${options.host}:${options.port}`;
    this.transporter = createTransport({
      ...options,
      pool: true,
      maxConnections: CONNECTIONS,
      maxRequeues: REQUEUES,
      connectionTimeout: timeouts.connectionMs,
      greetingTimeout: timeouts.greetingMs,
      socketTimeout: timeouts.socketMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as SMTPPool.Options);
    this.transporter.use('stream', (mail, done) => {
      watchBody(mail as unknown as InFlight);
      done();
    });
  }

  send(mail: OutgoingMail): Promise<MailOutcome> {
    return this.hand({ ...mail });
  }

  sendRaw({ from, to, raw }: RawMail): Promise<MailOutcome> {
    return this.hand({ envelope: { from, to }, raw: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength) });
  }

  /** Ends the connections; nodemailer lets a message that is under way finish. */
  onApplicationShutdown(): void {
    this.transporter.close();
  }

  private async hand(mail: Readonly<Record<string, unknown>>): Promise<MailOutcome> {
    if (!this.isConfigured)
      return { kind: 'refused', lasting: 'temporary', stage: 'route', reply: 'SMTP_URL is not set.' };
    const outcome = await this.deliver(mail);
    this.observe(outcome);
    return outcome;
  }

  private async deliver(mail: Readonly<Record<string, unknown>>): Promise<MailOutcome> {
    const flight: Flight = { bodies: [] };
    // Not `AbortSignal.timeout`: it would keep every message in memory until its time is over.
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), this.timeouts.totalMs);
    try {
      const sent = await this.transporter.sendMail({ ...mail, flight, signal: deadline.signal } as Parameters<
        typeof this.transporter.sendMail
      >[0]);
      return { kind: 'accepted', reply: sent.response, server: this.server };
    } catch (error) {
      const bodyLeft = flight.bodies.some((body) => body.readableDidRead !== false);
      return outcomeOfFailure(error as SmtpFailure, bodyLeft);
    } finally {
      clearTimeout(timer);
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

/** Keeps the stream that the connection will read, since only it tells whether the body began to leave. */
const watchBody = ({ message, data }: InFlight): void => {
  const open = message.createReadStream.bind(message);
  message.createReadStream = () => {
    const body = open();
    data.flight?.bodies.push(body);
    return body;
  };
};
