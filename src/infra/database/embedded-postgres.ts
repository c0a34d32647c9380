import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import {
  findBinaries,
  findServerUser,
  type PostgresBinaries,
  reachableBinaries,
  runnerFor,
  type RunAsServer,
  type ServerUser,
} from './postgres-binaries.js';

const START_TIMEOUT_SECONDS = '60';

/** A private server that this process uses; it is stopped by the last process that leaves it. */
export interface EmbeddedPostgres {
  /** Give it to another process as DATABASE_URL to join. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Place {
  readonly root: string;
  readonly data: string;
  readonly users: string;
  readonly urlFile: string;
}

interface Server {
  readonly place: Place;
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser | undefined;
  readonly run: RunAsServer;
}

/**
 * Starts or joins the private PostgreSQL under `dataDir`. A server left over by a killed process is reused when it
 * answers and replaced when it does not; crash recovery is PostgreSQL's own.
 */
export const startEmbeddedPostgres = async (
  dataDir: string,
  settings: readonly string[] = [],
): Promise<EmbeddedPostgres> => {
  const root = resolve(dataDir, 'postgres');
  const place = { root, data: join(root, 'data'), users: join(root, 'users'), urlFile: join(root, 'url') };
  await mkdir(place.users, { recursive: true });
  const ticket = join(place.users, String(process.pid));
  await writeFile(ticket, '');
  const user = await findServerUser();
  const binaries = await reachableBinaries(await findBinaries(), user);
  const server = { place, binaries, user, run: await runnerFor(user, [place.root]) };
  const url = (await runningServer(place)) ?? (await startServer(server, settings));
  return { url, stop: () => leave(server, ticket) };
};

/** The URL of the server that is already there, if it answers. */
const runningServer = async (place: Place): Promise<string | undefined> => {
  const url = await readFile(place.urlFile, 'utf8').catch(() => undefined);
  if (!url) return undefined;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const answer = await client.query<{ data_directory: string }>('show data_directory');
    // Another server may have taken the port since.
    return answer.rows[0]?.data_directory === place.data ? url : undefined;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const startServer = async (server: Server, settings: readonly string[]): Promise<string> => {
  const { place, binaries } = server;
  const password = await initialise(server);
  await stopServer(server, 'immediate').catch(() => undefined);
  const port = await freePort();
  const flags = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=`,
    'max_connections=200',
    ...settings,
  ];
  const options = flags.map((flag) => `-c ${flag}`).join(' ');
  const log = join(place.data, 'server.log');
  // Its own session (pg_ctl sees to it), so that Ctrl-C reaches us first and the server last.
  const start = ['start', '-w', '-s', '-t', START_TIMEOUT_SECONDS, '-D', place.data, '-l', log, '-o', options];
  await server.run(binaries.pg_ctl, start, place.data);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/perennial`;
  await createDatabase(url);
  await writeFile(place.urlFile, url, { mode: 0o600 });
  return url;
};

/** Makes the data directory on first use. @returns the server's password */
const initialise = async ({ place, binaries, user, run }: Server): Promise<string> => {
  const passwordFile = join(place.root, 'password');
  if (await stat(join(place.data, 'PG_VERSION')).catch(() => undefined)) return readFile(passwordFile, 'utf8');
  await rm(place.data, { recursive: true, force: true });
  await mkdir(place.data, { recursive: true, mode: 0o700 });
  const password = randomBytes(18).toString('base64url');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) {
    await chown(place.data, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const options = ['-A', 'scram-sha-256', '-U', 'postgres', '-E', 'UTF8', '--locale=C', `--pwfile=${passwordFile}`];
  await run(binaries.initdb, ['-D', place.data, ...options], place.data);
  return password;
};

const createDatabase = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url.replace(/\/perennial$/, '/postgres') });
  await client.connect();
  try {
    const existing = await client.query(`select 1 from pg_database where datname = 'perennial'`);
    if (existing.rowCount === 0) await client.query('create database perennial');
  } finally {
    await client.end();
  }
};

const leave = async (server: Server, ticket: string): Promise<void> => {
  await rm(ticket, { force: true });
  const others = await readdir(server.place.users);
  if (others.some((pid) => isAlive(Number(pid)))) return;
  await stopServer(server, 'fast');
};

const stopServer = async ({ place, binaries, run }: Server, mode: 'fast' | 'immediate'): Promise<void> => {
  await run(binaries.pg_ctl, ['stop', '-w', '-s', '-m', mode, '-D', place.data], place.data);
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolvePort, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolvePort(port));
    });
  });
