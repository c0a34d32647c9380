import type { PlatformName } from '../../../../platforms/domain/platform-name.js';
import { StageRefused } from '../../../domain/drills/drill-stage.port.js';

const ANSWER_WITHIN_MS = 10_000;

/** An account that exists in the sandbox and nowhere else. */
export interface SandboxAccount {
  readonly externalId: string;
  readonly credentials: unknown;
}

/** A post the sandbox took. */
export interface SandboxPost {
  readonly accountExternalId: string;
  readonly caption: string;
  readonly liveAt: string | null;
}

/** The sandbox's control API (`src/sandbox/README.md`), at the address the operator configured. */
export class SandboxControl {
  constructor(private readonly url: string) {}

  /** The environment that points an installation at this sandbox. */
  environment(): Promise<Readonly<Record<string, string>>> {
    return this.ask('GET', 'env');
  }

  createAccount(platform: PlatformName, region: string): Promise<SandboxAccount> {
    return this.ask('POST', 'accounts', { platform, region });
  }

  /** Every call to the platform from this region fails until it is healed. @returns the fault's id */
  async breakPlatform(platform: PlatformName, region: string): Promise<string> {
    const fault = { platform, region, kind: 'error-before', code: 503 };
    return (await this.ask<{ id: string }>('POST', 'faults', fault)).id;
  }

  async heal(faultId: string): Promise<void> {
    await this.ask('DELETE', `faults/${faultId}`);
  }

  /** Heals every region whose name begins so. */
  async healRegions(mark: string): Promise<void> {
    const faults = await this.ask<{ id: string; region?: string }[]>('GET', 'faults');
    for (const { id, region } of faults) if (region?.startsWith(mark)) await this.heal(id);
  }

  posts(): Promise<readonly SandboxPost[]> {
    return this.ask('GET', 'posts');
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(new URL(`/__sim/${path}`, this.url), {
      method,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch(() => undefined);
    if (!response) throw unreachable();
    if (!response.ok) throw refused(response.status);
    return (await response.json()) as T;
  }
}

const unreachable = (): StageRefused =>
  new StageRefused({
    code: 'drill.sandbox_unreachable',
    text: 'The sandbox at SANDBOX_URL does not answer. Start it with `npm run sandbox`, or correct the address.',
  });

const refused = (status: number): StageRefused =>
  new StageRefused({
    code: 'drill.sandbox_refused',
    text: `What listens at SANDBOX_URL answered ${status}: it is no sandbox of this version, or it does not play this platform.`,
  });
