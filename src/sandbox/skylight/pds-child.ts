// Runs alone in a forked process, from TypeScript sources too: it must import packages only.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Server, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secp256k1Keypair } from '@atproto/crypto';
import { PDS, envToCfg, envToSecrets } from '@atproto/pds';
import plc from '@did-plc/server';

// Both servers would listen on every interface; a sandbox with open sign-up must not be reachable from outside.
const listenAnywhere = Reflect.get(Server.prototype, 'listen') as (...args: unknown[]) => Server;
Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  const [port, ...rest] = args;
  const isOpen = typeof port === 'number' && typeof rest[0] !== 'string';
  return listenAnywhere.apply(this, isOpen ? [port, '127.0.0.1', ...rest] : args);
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const plcPort = await freePort();
const plcServer = plc.PlcServer.create({ db: plc.Database.mock(), port: plcPort });
await plcServer.start();

const port = Number(process.argv[2]) || (await freePort());
/** Where clients reach this server: documents and tokens name that address, so that nobody walks past the proxy. */
const publicPort = Number(process.argv[3]) || port;
const directory = await mkdtemp(join(tmpdir(), 'sandbox-pds-'));
const environment = {
  devMode: true,
  port: publicPort,
  hostname: 'localhost',
  serviceHandleDomains: ['.test'],
  dataDirectory: directory,
  blobstoreDiskLocation: join(directory, 'blobs'),
  blobUploadLimit: 104_857_600,
  didPlcUrl: `http://localhost:${plcPort}`,
  recoveryDidKey: (await Secp256k1Keypair.create()).did(),
  plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
  jwtSecret: randomBytes(16).toString('hex'),
  adminPassword: randomBytes(16).toString('hex'),
  inviteRequired: false,
  rateLimitsEnabled: false,
  disableSsrfProtection: true,
  crawlers: [],
};
const config = envToCfg(environment);
const server = await PDS.create({ ...config, service: { ...config.service, port } }, envToSecrets(environment));
await server.start();

let isStopping = false;
const stop = async (): Promise<void> => {
  if (isStopping) return;
  isStopping = true;
  await Promise.allSettled([server.destroy(), plcServer.destroy()]);
  await rm(directory, { recursive: true, force: true });
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
process.once('disconnect', () => void stop());
// The parent may have gone while we were starting.
if (process.connected) process.send?.({ port, plcPort });
else await stop();
