import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program of ours that is running. */
export interface Program {
  readonly lines: string[];
  /** Its number in the operating system. */
  readonly pid: number;
  /** Resolves when it has ended, whatever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
  /** `kill -9`: no goodbye. */
  kill(): Promise<void>;
}

/** Seconds on an idle machine; the other one is busy with something else. */
const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 15_000;

/** Starts `node <args>`; resolves when a line of its output is accepted by `isReady`, rejects when none is in time. */
export const startProgram = async (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  isReady: (line: string) => boolean,
  withinMs = READY_WITHIN_MS,
): Promise<Program> => {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-3_000)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let why = 'ended early';
    const timer = setTimeout(() => {
      why = 'not ready in time';
      // Nobody else knows of it yet.
      void stopChild(child, ended);
    }, withinMs);
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Error(`node ${args.join(' ')}: ${why}\n${errors}`));
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (!isReady(line)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { lines, pid: child.pid ?? 0, ended, stop: () => stopChild(child, ended), kill };
};

const stopChild = async (child: ChildProcess, ended: Promise<void>): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(timer);
};
