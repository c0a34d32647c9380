import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable } from 'node:stream';

/** What a child process may use before the system stops it. */
export interface ProcessLimits {
  /** Address space, bytes. */
  readonly memoryBytes: number;
  /** Processor time over all threads, seconds. */
  readonly cpuSeconds: number;
  /** Largest file it may write, bytes. */
  readonly fileBytes: number;
  /** From start to end, ms. */
  readonly wallMs: number;
}

export interface ConfinedCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Its working folder, the only one it is told of. */
  readonly folder: string;
  readonly limits: ProcessLimits;
  readonly signal?: AbortSignal;
  /** Lines of its standard output as they come. */
  readonly onLine?: (line: string) => void;
}

export type ConfinedEnd =
  | { readonly kind: 'exited'; readonly code: number; readonly errors: string }
  /** By a limit of ours: the wall clock, processor time, memory or file size. */
  | { readonly kind: 'stopped'; readonly errors: string }
  | { readonly kind: 'not_found' };

/** Enough to say what went wrong. */
const MAX_ERRORS = 2_000;
/** What `sh` answers when there is no such program, or none that runs. */
const NOT_FOUND = new Set([126, 127]);
const LIMIT_SIGNALS = new Set(['SIGXCPU', 'SIGXFSZ', 'SIGKILL']);
const SHELL_SIGNAL_BASE = 128;

/**
 * Sets the limits, then becomes the program. A limit that is stricter already stays. Where the system can, the program
 * dies with us even when we are killed; elsewhere its processor time bounds it.
 */
const SCRIPT = `
ulimit -c 0; ulimit -v "$1" 2>/dev/null; ulimit -t "$2" 2>/dev/null; ulimit -f "$3" 2>/dev/null; ulimit -n 64
shift 3
if setpriv --pdeathsig KILL true 2>/dev/null; then set -- setpriv --pdeathsig KILL "$@"; fi
exec "$@"`;

/** Where programs are looked for; nothing else of our environment is passed on. */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin', LANG: 'C' };

/**
 * Runs a program without shell expansion, input or environment, under limits, in a process group of its own that is
 * killed as a whole at the limit or by the signal.
 * @throws the signal's reason when it stopped the program
 */
export const runConfined = async (call: ConfinedCall): Promise<ConfinedEnd> => {
  call.signal?.throwIfAborted();
  const { memoryBytes, cpuSeconds, fileBytes, wallMs } = call.limits;
  const limits = [memoryBytes / 1_024, cpuSeconds, fileBytes / 512].map((limit) => String(Math.ceil(limit)));
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', ...limits, call.program, ...call.args], {
    cwd: call.folder,
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    killGroup(child.pid);
  };
  const timer = setTimeout(stop, wallMs);
  call.signal?.addEventListener('abort', stop);
  if (child.pid !== undefined) yieldTo(child.pid);
  const errors = collectErrors(child.stderr);
  eachLine(child.stdout, call.onLine);
  try {
    const { code, signal } = await ended(child);
    call.signal?.throwIfAborted();
    if (isStopped || signal !== null || isLimitCode(code)) return { kind: 'stopped', errors: errors() };
    return NOT_FOUND.has(code) ? { kind: 'not_found' } : { kind: 'exited', code, errors: errors() };
  } finally {
    clearTimeout(timer);
    call.signal?.removeEventListener('abort', stop);
  }
};

const ended = (child: ReturnType<typeof spawn>): Promise<{ code: number; signal: string | null }> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? 0, signal }));
  });

const isLimitCode = (code: number): boolean =>
  [...LIMIT_SIGNALS].some((name) => code === SHELL_SIGNAL_BASE + constants.signals[name as NodeJS.Signals]);

const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
};

/** Publishing goes first; a system that does not allow it lets the child run as it is. */
const yieldTo = (pid: number): void => {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Gone already, or not allowed.
  }
};

const collectErrors = (stream: Readable): (() => string) => {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-MAX_ERRORS);
  });
  return () => text.trim();
};

const eachLine = (stream: Readable, onLine: ConfinedCall['onLine']): void => {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(-MAX_ERRORS);
    for (const line of lines) onLine?.(line);
  });
};
