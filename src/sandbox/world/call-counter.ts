import type { SandboxPlatform } from './sandbox-platform.js';

/** Calls seen so far by platform and step; proves that a platform was left alone. */
export class CallCounter {
  #counts: Record<string, Record<string, number>> = {};

  record(platform: SandboxPlatform, step: string): void {
    const steps = (this.#counts[platform] ??= {});
    steps[step] = (steps[step] ?? 0) + 1;
  }

  snapshot(platform?: string): Readonly<Record<string, Readonly<Record<string, number>>>> {
    return platform === undefined ? this.#counts : { [platform]: this.#counts[platform] ?? {} };
  }

  reset(): void {
    this.#counts = {};
  }
}
