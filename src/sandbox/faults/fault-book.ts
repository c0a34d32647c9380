import { hash32, seededRandom } from '../world/seeded-random.js';
import type { SandboxAccount, SandboxPlatform } from '../world/sandbox-platform.js';
import type { Fault, FaultKind, FaultSpec } from './fault.js';
import { POST_FAULTS } from './fault.js';

interface LiveFault extends Fault {
  hits: number;
  readonly random: () => number;
  readonly endings: (() => void)[];
}

/** Where a fault could strike. */
export interface Spot {
  readonly platform: SandboxPlatform;
  readonly step?: string;
  readonly account?: Pick<SandboxAccount, 'externalId' | 'handle' | 'region'> | undefined;
}

const shown = ({ random: _random, endings: _endings, ...fault }: LiveFault): Fault => fault;

const fits = (fault: FaultSpec, spot: Spot): boolean => {
  const { account } = spot;
  if (fault.platform !== spot.platform) return false;
  const hasStep = fault.step !== undefined && !POST_FAULTS.some((kind) => kind === fault.kind);
  if (hasStep && fault.step !== spot.step) return false;
  if (fault.region !== undefined && fault.region !== account?.region) return false;
  return fault.account === undefined || fault.account === account?.externalId || fault.account === account?.handle;
};

/** The faults in force. Each draws from its own seeded stream, so a run repeats when its calls do. */
export class FaultBook {
  #faults: LiveFault[] = [];
  #lastId = 0;

  constructor(private readonly nowMs: () => number) {}

  add(spec: FaultSpec): Fault {
    this.#lastId += 1;
    const fault: LiveFault = {
      ...spec,
      ...(spec.kind === 'auth-expire' && spec.times === undefined ? { times: 1 } : {}),
      id: `fault-${this.#lastId}`,
      rate: spec.rate ?? 1,
      startedMs: this.nowMs(),
      hits: 0,
      random: seededRandom(spec.seed ?? this.#lastId),
      endings: [],
    };
    this.#faults.push(fault);
    return shown(fault);
  }

  list(): readonly Fault[] {
    return this.#faults.map(shown);
  }

  /** Ends one fault, or all without `id`; posts stuck on it go on. */
  remove(id?: string): number {
    const ended = this.#faults.filter((fault) => id === undefined || fault.id === id);
    this.#faults = this.#faults.filter((fault) => !ended.includes(fault));
    for (const fault of ended) for (const run of fault.endings) run();
    return ended.length;
  }

  /** Forgets all faults without letting stuck posts go on. */
  reset(): void {
    this.#faults = [];
  }

  /** The first fault of these kinds, oldest first, that fits and whose dice fall; it is counted. */
  draw(kinds: readonly FaultKind[], spot: Spot, skip: ReadonlySet<string> = new Set()): Fault | undefined {
    for (const fault of this.#faults) {
      if (!kinds.includes(fault.kind) || skip.has(fault.id) || !fits(fault, spot)) continue;
      if (fault.times !== undefined && fault.hits >= fault.times) continue;
      if (fault.random() >= fault.rate) continue;
      fault.hits += 1;
      return fault;
    }
    return undefined;
  }

  /** Like `draw`, but the answer for one `key` never changes while the fault lasts (counters are read often). */
  drawFor(kinds: readonly FaultKind[], spot: Spot, key: string): Fault | undefined {
    return this.#faults.find(
      (fault) =>
        kinds.includes(fault.kind) &&
        fits(fault, spot) &&
        seededRandom(hash32(`${String(fault.seed ?? fault.id)}|${key}`))() < fault.rate,
    );
  }

  /** Runs when the fault is removed; at once when it is already gone. */
  whenEnded(id: string, run: () => void): void {
    const fault = this.#faults.find((candidate) => candidate.id === id);
    if (fault) fault.endings.push(run);
    else run();
  }
}
