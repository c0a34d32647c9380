import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** What the server does to a recipient's mail. */
export type SinkFault =
  /** Refuses it, and hangs up at once if so. */
  | { readonly at: 'rcpt' | 'data'; readonly code: number; readonly hangsUp?: boolean }
  /** Reads the whole message, then: closes the socket, or never answers. */
  | { readonly at: 'after-data'; readonly how: 'drop' | 'hang' };

/** A message as it came over the wire. */
export interface SunkMail {
  readonly to: string;
  readonly raw: string;
}

/** A real SMTP server that keeps what it got, also what it never acknowledged. */
export interface SmtpSink {
  readonly url: string;
  readonly mails: SunkMail[];
  readonly faults: Map<string, SinkFault>;
  /** Called when a message arrived whole, before it is answered. */
  onMail: (mail: SunkMail) => Promise<void> | void;
  /** Ends every open connection, as a server does with idle ones. */
  dropConnections(): void;
  stop(): Promise<void>;
}

type Connection = { session: SMTPServerSession; _socket: { destroy(): void; destroySoon(): void } };

const refusal = (code: number) => Object.assign(new Error(`${code} by the test`), { responseCode: code });

export const startSmtpSink = async (): Promise<SmtpSink> => {
  const mails: SunkMail[] = [];
  const faults = new Map<string, SinkFault>();
  const connections = () => [...(server.connections as unknown as Set<Connection>)];
  const socketOf = ({ id }: SMTPServerSession) => connections().find((one) => one.session.id === id)?._socket;
  const sink = { mails, faults, onMail: () => undefined } as unknown as SmtpSink;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const fault = faults.get(address);
      done(fault?.at === 'rcpt' ? refusal(fault.code) : undefined);
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mail = { to: session.envelope.rcptTo[0]?.address ?? '', raw: Buffer.concat(chunks).toString('utf8') };
        void answer(mail, session, done);
      });
    },
  });
  const answer = async (mail: SunkMail, session: SMTPServerSession, done: (error?: Error) => void) => {
    const fault = faults.get(mail.to);
    if (fault?.at === 'data') {
      done(refusal(fault.code));
      if (fault.hangsUp) socketOf(session)?.destroySoon();
      return;
    }
    mails.push(mail);
    await sink.onMail(mail);
    if (fault?.at !== 'after-data') return done();
    if (fault.how === 'drop') socketOf(session)?.destroy();
  };
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  const dropConnections = () => connections().forEach(({ _socket }) => _socket.destroy());
  return Object.assign(sink, {
    url: `smtp://127.0.0.1:${port}`,
    dropConnections,
    stop: async () => {
      dropConnections();
      await new Promise<void>((closed) => server.close(closed));
    },
  });
};
