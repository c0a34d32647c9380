import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Handler } from './serve-platform.js';

export interface RunningServer {
  /** `http://127.0.0.1:port`, no slash at the end. */
  readonly url: string;
  /** Cuts open connections too: a hanging answer must not delay the stop. */
  stop(): Promise<void>;
}

/**
 * Idle connections stay open long: a server closing one in the moment of its reuse looks to clients
 * like a fault nobody ordered.
 */
const KEEP_ALIVE_MS = 300_000;

/** Takes a request that wants another protocol; false when it does not. */
export type Upgrade = (request: IncomingMessage, socket: Duplex) => boolean;

/** Starts a server on 127.0.0.1. @param port 0 takes a free one */
export const startHttpServer = async (port: number, handler: Handler, upgrade?: Upgrade): Promise<RunningServer> => {
  const server = createServer((request, response) => {
    handler(request, response).catch((error: unknown) => {
      if (!request.destroyed) console.error(`sandbox: ${request.method} ${request.url}`, error);
      request.socket.destroy();
    });
  });
  if (upgrade)
    server.on('upgrade', (request, socket) => {
      if (!upgrade(request, socket)) socket.destroy();
    });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
