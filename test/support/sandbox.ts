import { startProcess, type StartedProcess } from './processes.js';

/** One post that is or will be live, as the sandbox knows it. */
export interface TruthPost {
  readonly platform: string;
  readonly accountExternalId: string;
  readonly platformPostId: string | null;
  readonly handle: string;
  readonly caption: string;
  readonly liveAt: string | null;
}

/** Local platform servers in a process of their own. */
export interface TestSandbox {
  readonly process: StartedProcess;
  readonly urls: Readonly<Record<string, string>>;
  /** Environment that points the app at the sandbox. */
  readonly env: Readonly<Record<string, string>>;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  createAccount(platform: string): Promise<{ externalId: string; credentials: Record<string, string> }>;
  addFault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  clearFaults(): Promise<void>;
  posts(platform?: string): Promise<readonly TruthPost[]>;
  /** Resolves when the next such thing has happened; ask before you trigger it. */
  wait(event: 'accepted' | 'live' | 'call', platform: string, timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/** @param skylight without it the real PDS is not started, which saves two seconds and 400 MB */
export const startSandbox = async ({ skylight = false } = {}): Promise<TestSandbox> => {
  const args = ['dist/sandbox/main.js', '--json', ...(skylight ? [] : ['--without', 'skylight'])];
  const started = await startProcess(args, {}, (line) => line.startsWith('{'));
  const { urls, env } = JSON.parse(started.lines[0] ?? '{}') as Record<'urls' | 'env', Record<string, string>>;
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${urls.control}/__sim/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  return {
    process: started,
    urls,
    env,
    control,
    createAccount: (platform) => control('POST', 'accounts', { platform }),
    addFault: (fault) => control('POST', 'faults', fault),
    clearFaults: () => control('DELETE', 'faults'),
    posts: (platform) => control('GET', `posts${platform ? `?platform=${platform}` : ''}`),
    wait: async (event, platform, timeoutMs = 60_000) => {
      const answer = await control<{ happened: boolean }>('POST', 'wait', { event, platform, timeoutMs });
      if (!answer.happened) throw new Error(`No ${event} on ${platform} within ${timeoutMs} ms`);
    },
    stop: async () => void (await started.stop()),
  };
};
