import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parseEnv } from '../../src/infra/config/env.schema.js';
import { platformsConfigOf } from '../../src/platforms-config.js';
import type { PlatformsConfig } from '../../src/platforms/platforms.config.js';

/** One post that is really live, by the sandbox's own books. */
export interface TruthPost {
  readonly accountExternalId: string;
  readonly platformPostId: string | null;
  readonly handle: string;
  readonly caption: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface SandboxAccount {
  readonly externalId: string;
  readonly handle: string;
  readonly credentials: Readonly<Record<string, string>>;
}

interface Urls {
  readonly control: string;
}

/** The sandbox as a process of its own (needs the built app), and its control API. */
export class SandboxProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly urls: Urls,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async start(): Promise<SandboxProcess> {
    const child = spawn(process.execPath, ['dist/sandbox/main.js', '--json'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const [line] = await Promise.race([firstLine(child), exited(child)]);
    const { urls, env } = JSON.parse(line) as { urls: Urls; env: Record<string, string> };
    return new SandboxProcess(child, urls, env);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }

  get config(): PlatformsConfig {
    return platformsConfigOf(parseEnv(this.env));
  }

  /** @param flavour the login, where the platform has several */
  account(platform: string, flavour?: string): Promise<SandboxAccount> {
    return this.post<SandboxAccount>('accounts', { platform, ...(flavour === undefined ? {} : { flavour }) });
  }

  /** Strikes one account only, so that cases cannot disturb each other. */
  fault(
    account: SandboxAccount,
    fault: { platform: string; kind: string; step?: string; times?: number; code?: number; delayMs?: number },
  ): Promise<unknown> {
    return this.post('faults', { account: account.externalId, ...fault });
  }

  /** Strikes whoever calls next, for reads without a token. */
  faultAnyone(fault: { platform: string; kind: string; step: string; times: number }): Promise<unknown> {
    return this.post('faults', fault);
  }

  clearFaults(): Promise<unknown> {
    return fetch(`${this.urls.control}/__sim/faults`, { method: 'DELETE' });
  }

  /** Any part of the sandbox's settings. */
  settings(change: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.post('settings', change);
  }

  /** Lets the platforms' processing happen. */
  advance(ms: number): Promise<unknown> {
    return this.post('clock', { advanceMs: ms });
  }

  async posts(platform: string, account: SandboxAccount): Promise<readonly TruthPost[]> {
    const response = await fetch(`${this.urls.control}/__sim/posts?platform=${platform}`);
    const posts = (await response.json()) as readonly TruthPost[];
    return posts.filter(({ accountExternalId }) => accountExternalId === account.externalId);
  }

  private async post<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${this.urls.control}/__sim/${path}`, init);
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}

const firstLine = (child: ChildProcess): Promise<[string]> =>
  new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('the sandbox has no stdout'));
    createInterface({ input: child.stdout }).once('line', (line) => resolve([line]));
  });

const exited = (child: ChildProcess): Promise<never> =>
  new Promise((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}; run npm run build:fast first`)));
  });
