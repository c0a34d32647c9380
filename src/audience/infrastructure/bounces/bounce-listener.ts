import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { SMTPServer, SMTPServerAddress, SMTPServerSession } from 'smtp-server';
import { ConfigError } from '../../../infra/config/env.schema.js';
import { RateLimiter } from '../../../infra/http/rate-limit/rate-limiter.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { MAX_MESSAGE_BYTES } from '../../domain/bounces/mime-part.js';
import { readReturnPath, readUnsubscribeMailbox } from '../../domain/bounces/return-path.js';
import { smtpRefusal } from './smtp-refusals.js';

/** Where and how the listener takes mail. */
export interface ListenerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly domain: string;
  readonly secret: Buffer;
  /** PEM files; undefined: STARTTLS is not offered. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly now: () => Date;
  /** Takes one mail for good; when it throws, the sender keeps the mail and comes back. */
  readonly take: (mail: { readonly raw: Buffer; readonly envelope: readonly string[] }) => Promise<unknown>;
}

/** Reports hold a copy of our mail and are no larger; what is beyond the first megabyte is read and dropped. */
const MAX_BYTES = 10 * MAX_MESSAGE_BYTES;
const MAX_CLIENTS = 100;
const MAX_RECIPIENTS = 20;
/** A relay that returns a whole broadcast's failures at once stays below this; who does not is asked to wait. */
const MAILS_PER_MINUTE = 1_200;
const IDLE_MS = 60 * SECOND_MS;

type Done = (error?: Error | null) => void;

/** Takes mail for return paths and unsubscribe mailboxes, and for nobody else: it can relay nothing. */
export class BounceListener {
  private server: SMTPServer | undefined;
  private readonly limiter = new RateLimiter({ name: 'smtp', limit: MAILS_PER_MINUTE, windowSeconds: 60 });

  constructor(private readonly options: ListenerOptions) {}

  /** @returns the port it listens on. @throws ConfigError when it cannot listen there or cannot read a certificate */
  async start(): Promise<number> {
    const { SMTPServer: Server } = await import('smtp-server');
    const { host, port, domain, tls } = this.options;
    const server = new Server({
      name: domain,
      banner: 'Perennial takes reports of its own mail',
      logger: false,
      authOptional: true,
      disableReverseLookup: true,
      disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
      ...(tls ? await certificateOf(tls) : {}),
      size: MAX_BYTES,
      maxClients: MAX_CLIENTS,
      socketTimeout: IDLE_MS,
      onMailFrom: (_address, session, done) => done(this.slowDown(session)),
      onRcptTo: (address, session, done) => done(this.refusalOf(address, session)),
      onData: (stream, session, done) => void this.onData(stream, session, done),
    });
    // A client that breaks off is nobody's fault.
    server.on('error', () => undefined);
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', (error) => reject(cannotListen(host, port, error)));
      server.listen(port, host, () => resolve());
    });
    return (server.server.address() as { port: number }).port;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise<void>((closed) => server.close(() => closed()));
  }

  private slowDown({ remoteAddress }: SMTPServerSession): Error | undefined {
    return this.limiter.take(remoteAddress, performance.now()).isAllowed ? undefined : smtpRefusal('too_many_mails');
  }

  private refusalOf({ address }: SMTPServerAddress, { envelope }: SMTPServerSession): Error | undefined {
    if (envelope.rcptTo.length >= MAX_RECIPIENTS) return smtpRefusal('too_many_recipients');
    const { domain, secret, now } = this.options;
    const isOurs = address.toLowerCase().endsWith(`@${domain.toLowerCase()}`);
    const isKnown =
      readUnsubscribeMailbox(address) !== undefined || readReturnPath(secret, address, now()) !== undefined;
    return isOurs && isKnown ? undefined : smtpRefusal('not_ours');
  }

  private async onData(stream: Readable & { sizeExceeded?: boolean }, session: SMTPServerSession, done: Done) {
    try {
      const raw = await firstBytes(stream);
      if (stream.sizeExceeded) return done(smtpRefusal('too_large'));
      await this.options.take({ raw, envelope: session.envelope.rcptTo.map(({ address }) => address) });
      done();
    } catch {
      done(smtpRefusal('not_now'));
    }
  }
}

const certificateOf = async ({ certFile, keyFile }: NonNullable<ListenerOptions['tls']>) => {
  const read = (variable: string, file: string) =>
    readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw new ConfigError([`${variable}: cannot read ${file} (${error.code}).`]);
    });
  return { cert: await read('BOUNCE_SMTP_TLS_CERT', certFile), key: await read('BOUNCE_SMTP_TLS_KEY', keyFile) };
};

const cannotListen = (host: string, port: number, { code }: NodeJS.ErrnoException): ConfigError =>
  new ConfigError([`BOUNCE_SMTP_PORT: cannot listen on ${host}:${port} (${code}). Set another, or BOUNCE_SMTP_HOST.`]);

/** Reads to the end, as the protocol wants, and keeps the beginning. */
const firstBytes = async (stream: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (bytes < MAX_MESSAGE_BYTES) chunks.push(chunk.subarray(0, MAX_MESSAGE_BYTES - bytes));
    bytes += chunk.length;
  }
  return Buffer.concat(chunks);
};
