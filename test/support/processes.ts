import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A started program that has said it is ready. */
export interface StartedProcess {
  readonly child: ChildProcess;
  /** Everything it printed on standard output so far. */
  readonly lines: readonly string[];
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** What a program needs of the machine; everything else of it is told to it. */
const MACHINE = Object.fromEntries(
  ['PATH', 'HOME', 'NODE_COMPILE_CACHE'].map((name) => [name, process.env[name] ?? '']),
);

// A guard against hanging: a machine that does much else starts a program in half a minute.
const READY_WITHIN_MS = 90_000;

/** Starts `node <args>` and waits until `isReady` accepts a line of its output. */
export const startProcess = async (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  isReady: (line: string, lines: readonly string[]) => boolean,
): Promise<StartedProcess> => {
  const child = spawn(process.execPath, [...args], {
    env: { ...MACHINE, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${args.join(' ')}: ${why}\n${errors}`));
    const timer = setTimeout(() => fail('not ready in time'), READY_WITHIN_MS);
    void exited.then((code) => fail(`ended with ${code}`));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (!isReady(line, lines)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  return {
    child,
    lines,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      return exited;
    },
  };
};
