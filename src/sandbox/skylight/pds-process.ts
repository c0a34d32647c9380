import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface PdsProcess {
  readonly url: string;
  /** Its PLC directory. */
  readonly plcUrl: string;
  stop(): Promise<void>;
}

/** The same folder holds the child as source (tests) or as built file. */
const CHILD = fileURLToPath(new URL(`./pds-child${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));
const STOP_DEADLINE_MS = 5_000;

/**
 * Starts a real PDS with its own in-memory PLC directory, as a process of its own: it needs 434 MB and its data
 * directory disappears with it. @param publicPort of the proxy that clients reach it by
 * @throws Error when it ends before it listens
 */
export const startPds = async (port: number | undefined, publicPort: number): Promise<PdsProcess> => {
  const child = fork(CHILD, [String(port ?? 0), String(publicPort)], {
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '', LOG_ENABLED: 'false' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await new Promise<{ port: number; plcPort: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number; plcPort: number }));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The PDS ended with code ${String(code)} before it listened.`)));
  });
  let isStopping = false;
  child.once('exit', (code, signal) => {
    if (!isStopping) process.stderr.write(`The PDS ended by itself: code ${code}, signal ${signal}\n`);
  });
  return {
    url: `http://127.0.0.1:${ready.port}`,
    plcUrl: `http://127.0.0.1:${ready.plcPort}`,
    stop: async () => {
      isStopping = true;
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
};
