import { SECOND_MS } from '../../../kernel/durations.js';
import type { ProbeAnswer, ProbeKind } from './answers.js';
import type { DrawBook } from './draw-book.js';
import type { PlatformWorld } from './platform-world.js';

/** Least time between two probes of a kind in one place; the same for every policy. */
export const PROBE_SPACING_MS: Readonly<Record<ProbeKind, number>> = {
  auth: 15 * SECOND_MS,
  read: 15 * SECOND_MS,
  upload: 60 * SECOND_MS,
  neutral: 15 * SECOND_MS,
};
/** A probe that fails takes so long. */
const FAILURE_MS = 5 * SECOND_MS;

interface Place {
  readonly platform: string;
  readonly region: string;
}

/** Looks that leave no trace on a platform, within their budget. */
export class ProbeDesk {
  private readonly last = new Map<string, number>();

  constructor(
    private readonly world: PlatformWorld,
    private readonly draws: DrawBook,
  ) {}

  /** A session opened and abandoned (`upload`), a refresh (`auth`) or a list (`read`). */
  ask(kind: Exclude<ProbeKind, 'neutral'>, place: Place, nowMs: number): ProbeAnswer {
    if (!this.takeTurn(`${kind}|${place.platform}|${place.region}`, kind, nowMs)) return { kind: 'refused' };
    if (this.world.isCutOff(nowMs)) return { kind: 'bad', atMs: nowMs };
    const isBad = this.draws.chance(
      `probe_${kind}`,
      { platform: place.platform, account: place.region },
      this.failureRate(kind, place, nowMs),
    );
    return isBad ? { kind: 'bad', atMs: nowMs + FAILURE_MS } : { kind: 'good', atMs: nowMs };
  }

  /** Somebody else's address: fails only when our own line is cut. */
  askNeutral(nowMs: number): ProbeAnswer {
    if (!this.takeTurn('neutral', 'neutral', nowMs)) return { kind: 'refused' };
    return { kind: this.world.isCutOff(nowMs) ? 'bad' : 'good', atMs: nowMs };
  }

  private failureRate(kind: Exclude<ProbeKind, 'neutral'>, place: Place, nowMs: number): number {
    const { upload, auth, read } = this.world.behaviourAt(place, nowMs);
    if (kind === 'upload') return upload.errorRate + upload.timeoutRate;
    return kind === 'auth' ? auth.errorRate : read.errorRate;
  }

  private takeTurn(key: string, kind: ProbeKind, nowMs: number): boolean {
    const last = this.last.get(key);
    if (last !== undefined && nowMs - last < PROBE_SPACING_MS[kind]) return false;
    this.last.set(key, nowMs);
    return true;
  }
}
