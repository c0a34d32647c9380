import { SECOND_MS } from '../../../kernel/durations.js';
import { KeyIndex } from '../../../kernel/key-index.js';
import type { ProbeAnswer, ProbeKind } from './answers.js';
import type { DrawBook, DrawLine } from './draw-book.js';
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

/** Probes of one kind in one place. */
interface Turns {
  lastMs: number;
  readonly draws: DrawLine;
}

/** Looks that leave no trace on a platform, within their budget. */
export class ProbeDesk {
  private readonly turns = new KeyIndex<Turns>();
  private lastNeutralMs = -Infinity;

  constructor(
    private readonly world: PlatformWorld,
    private readonly draws: DrawBook,
  ) {}

  /** A session opened and abandoned (`upload`), a refresh (`auth`) or a list (`read`). */
  ask(kind: Exclude<ProbeKind, 'neutral'>, place: Place, nowMs: number): ProbeAnswer {
    const turns = this.turnsOf(kind, place);
    if (nowMs - turns.lastMs < PROBE_SPACING_MS[kind]) return { kind: 'refused' };
    turns.lastMs = nowMs;
    if (this.world.isCutOff(nowMs)) return { kind: 'bad', atMs: nowMs };
    const isBad = turns.draws.chance(this.failureRate(kind, place, nowMs));
    return isBad ? { kind: 'bad', atMs: nowMs + FAILURE_MS } : { kind: 'good', atMs: nowMs };
  }

  /** Somebody else's address: fails only when our own line is cut. */
  askNeutral(nowMs: number): ProbeAnswer {
    if (nowMs - this.lastNeutralMs < PROBE_SPACING_MS.neutral) return { kind: 'refused' };
    this.lastNeutralMs = nowMs;
    return { kind: this.world.isCutOff(nowMs) ? 'bad' : 'good', atMs: nowMs };
  }

  private turnsOf(kind: ProbeKind, { platform, region }: Place): Turns {
    return this.turns.getOrAdd(platform, region, kind, () => ({
      lastMs: -Infinity,
      draws: this.draws.lineOf(`probe_${kind}`, { platform, account: region }),
    }));
  }

  private failureRate(kind: Exclude<ProbeKind, 'neutral'>, place: Place, nowMs: number): number {
    const { upload, auth, read } = this.world.behaviourAt(place, nowMs);
    if (kind === 'upload') return upload.errorRate + upload.timeoutRate;
    return kind === 'auth' ? auth.errorRate : read.errorRate;
  }
}
