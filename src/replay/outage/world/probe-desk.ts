import { SECOND_MS } from '../../../kernel/durations.js';
import { KeyIndex } from '../../../kernel/key-index.js';
import type { Behaviour } from '../trace/trace.js';
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

/** Probes of one kind in one place; who makes many keeps it. */
export class ProbeLine {
  private lastMs = -Infinity;

  constructor(
    private readonly spacingMs: number,
    private readonly world: PlatformWorld,
    private readonly draws: DrawLine,
    private readonly failureRateAt: (nowMs: number) => number,
  ) {}

  ask(nowMs: number): ProbeAnswer {
    if (nowMs - this.lastMs < this.spacingMs) return { kind: 'refused' };
    this.lastMs = nowMs;
    if (this.world.isCutOff(nowMs)) return { kind: 'bad', atMs: nowMs };
    const isBad = this.draws.chance(this.failureRateAt(nowMs));
    return isBad ? { kind: 'bad', atMs: nowMs + FAILURE_MS } : { kind: 'good', atMs: nowMs };
  }
}

/** Looks that leave no trace on a platform, within their budget. */
export class ProbeDesk {
  private readonly lines = new KeyIndex<ProbeLine>();
  private lastNeutralMs = -Infinity;

  constructor(
    private readonly world: PlatformWorld,
    private readonly draws: DrawBook,
  ) {}

  /** Sessions opened and abandoned (`upload`), refreshes (`auth`) or lists (`read`). */
  lineOf(kind: Exclude<ProbeKind, 'neutral'>, place: Place): ProbeLine {
    const { platform, region } = place;
    return this.lines.getOrAdd(platform, region, kind, () => {
      const draws = this.draws.lineOf(`probe_${kind}`, { platform, account: region });
      const behaviourAt = this.world.behaviourIn(place);
      const rateAt = (nowMs: number) => failureRate(kind, behaviourAt(nowMs));
      return new ProbeLine(PROBE_SPACING_MS[kind], this.world, draws, rateAt);
    });
  }

  ask(kind: Exclude<ProbeKind, 'neutral'>, place: Place, nowMs: number): ProbeAnswer {
    return this.lineOf(kind, place).ask(nowMs);
  }

  /** Somebody else's address: fails only when our own line is cut. */
  askNeutral(nowMs: number): ProbeAnswer {
    if (nowMs - this.lastNeutralMs < PROBE_SPACING_MS.neutral) return { kind: 'refused' };
    this.lastNeutralMs = nowMs;
    return { kind: this.world.isCutOff(nowMs) ? 'bad' : 'good', atMs: nowMs };
  }
}

const failureRate = (kind: Exclude<ProbeKind, 'neutral'>, { upload, auth, read }: Behaviour): number => {
  if (kind === 'upload') return upload.errorRate + upload.timeoutRate;
  return kind === 'auth' ? auth.errorRate : read.errorRate;
};
