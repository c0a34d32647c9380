import { connect, createServer, type Socket } from 'node:net';

/** A cable that can be cut: connections die at once and new ones are refused until it is mended. */
export interface TcpProxy {
  readonly port: number;
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

export const startTcpProxy = async (toPort: number, toHost = '127.0.0.1'): Promise<TcpProxy> => {
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    const upstream = connect(toPort, toHost);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const destroyAll = () => open.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as { port: number }).port,
    cut: () => {
      isCut = true;
      destroyAll();
    },
    mend: () => {
      isCut = false;
    },
    stop: async () => {
      destroyAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
