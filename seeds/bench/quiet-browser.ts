import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CHROMIUM_ARGS } from '../support/chromium.ts';

const WINDOW = { width: 1_280, height: 900 };
/** What makes a browser of a person one of a machine: nothing fetched, nothing asked. */
const ARGS = ['--headless=new', '--remote-debugging-port=0', '--no-first-run', '--disable-background-networking'];

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

interface Visit {
  readonly url: string;
  /** `name=value` of who visits. */
  readonly cookie: string;
  /** Runs before the page's own scripts. */
  readonly script: string;
  /** An expression, asked once the page has loaded; may be a promise. */
  readonly answer: string;
}

/**
 * Chromium as a reader has it: nobody listens to its network or its console. Who does (Playwright always) makes V8 note
 * where each request came from, and therefore parse the whole script a second time: 160 ms of ours that no reader pays.
 */
export class QuietBrowser {
  private lastId = 0;
  private readonly waiting = new Map<number, (message: Message) => void>();
  private readonly loads = new Map<string, () => void>();

  private readonly process: ChildProcess;
  private readonly folder: string;
  private readonly socket: WebSocket;

  private constructor(process: ChildProcess, folder: string, socket: WebSocket) {
    this.process = process;
    this.folder = folder;
    this.socket = socket;
    socket.addEventListener('message', ({ data }) => this.hear(JSON.parse(String(data)) as Message));
  }

  static async launch(executablePath: string): Promise<QuietBrowser> {
    const folder = mkdtempSync(join(tmpdir(), 'perennial-browser-'));
    const args = [...ARGS, ...CHROMIUM_ARGS, `--user-data-dir=${folder}`, 'about:blank'];
    const process = spawn(executablePath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const socket = new WebSocket(await addressOf(process));
    await once(socket, 'open');
    return new QuietBrowser(process, folder, socket);
  }

  /** Opens a page with nothing in the cache, once. */
  async visit({ url, cookie, script, answer }: Visit): Promise<unknown> {
    const { browserContextId } = await this.send('Target.createBrowserContext', {});
    const [name, value] = cookie.split(/=(.*)/s);
    await this.send('Storage.setCookies', { browserContextId, cookies: [{ name, value, url }] });
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', browserContextId, ...WINDOW });
    const attached = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const session = String(attached.sessionId);
    await this.send('Page.enable', {}, session);
    await this.send('Page.addScriptToEvaluateOnNewDocument', { source: script }, session);
    const isLoaded = new Promise<void>((resolve) => this.loads.set(session, resolve));
    await this.send('Page.navigate', { url }, session);
    await isLoaded;
    const asked = { expression: answer, awaitPromise: true, returnByValue: true };
    const { result } = await this.send('Runtime.evaluate', asked, session);
    await this.send('Target.disposeBrowserContext', { browserContextId });
    return (result as { readonly value?: unknown }).value;
  }

  async close(): Promise<void> {
    const isOver = once(this.process, 'exit');
    this.process.kill();
    await isOver;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private send(method: string, params: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>> {
    const id = (this.lastId += 1);
    this.socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {}),
      );
    });
  }

  private hear(message: Message): void {
    if (message.id !== undefined) this.waiting.get(message.id)?.(message);
    else if (message.method === 'Page.loadEventFired') this.loads.get(message.sessionId ?? '')?.();
  }
}

/** Where a browser that starts listens for its debugger: its first line says so. */
const addressOf = async ({ stderr }: ChildProcess): Promise<string> => {
  if (!stderr) throw new Error('The browser was started without its standard error.');
  for await (const line of createInterface({ input: stderr })) {
    const url = /DevTools listening on (?<url>ws:\S+)/.exec(line)?.groups?.url;
    if (!url) continue;
    // What it complains about later is read and dropped: a full pipe would stop it.
    stderr.resume();
    return url;
  }
  throw new Error('The browser ended before it listened: start it by hand to see why.');
};
