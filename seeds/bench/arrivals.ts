import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Takes every mail and remembers when the last one for each address came; `performance.now()`. */
export const startArrivals = async () => {
  const arrivedAt = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, done) => {
      stream.resume().once('end', () => {
        for (const { address } of session.envelope.rcptTo) arrivedAt.set(address, performance.now());
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  const look = () => new Promise((resolve) => setTimeout(resolve, 50));
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrivedAt,
    /** Resolves when so many persons have their mail. @throws Error after a minute */
    reached: async (count: number): Promise<void> => {
      const until = performance.now() + 60_000;
      while (arrivedAt.size < count) {
        if (performance.now() > until) throw new Error(`Only ${arrivedAt.size} of ${count} mails came in a minute.`);
        await look();
      }
    },
    /** Resolves when no mail has come for so long. */
    quiet: async (forMs: number): Promise<void> => {
      const last = () => Math.max(0, ...arrivedAt.values());
      while (performance.now() - last() < forMs) await look();
    },
    stop: () => new Promise<void>((closed) => server.close(() => closed())),
  };
};
