import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** Where a message is when something may happen to it. */
export type SinkMoment = 'recipient' | 'body-begins' | 'body-whole' | 'answered';

/** What happens: nothing, or the connection is cut without a word. */
export type SinkDeed = 'go-on' | 'cut';

/** A mail server that takes everything and counts whole bodies per recipient, acknowledged or not. */
export interface Sink {
  readonly url: string;
  /** Whole bodies per recipient. */
  readonly copies: ReadonlyMap<string, number>;
  /** Bodies of recipients that `keep` was true for. */
  readonly kept: readonly string[];
  readonly cuts: { readonly before: number; readonly after: number };
  /** Forgets what it got. */
  reset(): void;
  stop(): Promise<void>;
}

export interface SinkPlan {
  /** Asked at every moment of every message. */
  readonly deedAt?: (moment: SinkMoment, recipient: string) => SinkDeed;
  readonly keep?: (recipient: string) => boolean;
}

interface Connection {
  readonly session: SMTPServerSession;
  readonly _socket: { destroy(): void };
}

/** Starts it on a free port of this machine. */
export const startSink = async ({ deedAt = () => 'go-on', keep = () => false }: SinkPlan = {}): Promise<Sink> => {
  const copies = new Map<string, number>();
  const kept: string[] = [];
  const cuts = { before: 0, after: 0 };
  const connections = () => [...(server.connections as unknown as Set<Connection>)];
  const cut = (session: SMTPServerSession): void =>
    connections()
      .find((one) => one.session.id === session.id)
      ?._socket.destroy();

  const receive = (stream: SMTPServerDataStream, session: SMTPServerSession, done: (error?: Error) => void): void => {
    const recipient = session.envelope.rcptTo[0]?.address ?? '';
    if (deedAt('body-begins', recipient) === 'cut') {
      cuts.before += 1;
      return cut(session);
    }
    const chunks: Buffer[] | undefined = keep(recipient) ? [] : undefined;
    stream.on('data', (chunk: Buffer) => chunks?.push(chunk));
    stream.once('end', () => {
      copies.set(recipient, (copies.get(recipient) ?? 0) + 1);
      if (chunks) kept.push(Buffer.concat(chunks).toString('utf8'));
      if (deedAt('body-whole', recipient) === 'cut') {
        cuts.after += 1;
        return cut(session);
      }
      done();
      deedAt('answered', recipient);
    });
  };

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo: ({ address }, session, done) => {
      if (deedAt('recipient', address) === 'go-on') return done();
      cuts.before += 1;
      cut(session);
    },
    onData: receive,
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    for (const { _socket } of connections()) _socket.destroy();
    await new Promise<void>((closed) => server.close(closed));
  };
  return { url: `smtp://127.0.0.1:${port}`, copies, kept, cuts, reset: () => forget(copies, kept), stop };
};

const forget = (copies: Map<string, number>, kept: string[]): void => {
  copies.clear();
  kept.length = 0;
};
