import { msOf } from '../trace/behaviour.js';
import type { AccountFaultKind, OutageTrace } from '../trace/trace.js';

/** One account of a trace. */
export interface TraceAccount {
  /** `platform/no`. */
  readonly id: string;
  readonly platform: string;
  /** From 0, per platform. */
  readonly no: number;
  /** From 0. */
  readonly workspace: number;
  readonly region: string;
}

/** A span of an account's own trouble, ms of the trace's clock. */
export interface FaultSpan {
  readonly kind: AccountFaultKind;
  readonly fromMs: number;
  readonly endMs: number;
}

/** Account i is in workspace i mod W; regions are dealt to the numbers in order, the last takes the rest. */
export class Roster {
  readonly all: readonly TraceAccount[];
  private readonly byId: ReadonlyMap<string, TraceAccount>;
  private readonly byPlace: ReadonlyMap<string, readonly TraceAccount[]>;
  private readonly faults: ReadonlyMap<string, readonly FaultSpan[]>;
  private readonly fallbacks: ReadonlyMap<string, readonly TraceAccount[]>;

  constructor(trace: OutageTrace) {
    this.all = Object.entries(trace.accounts).flatMap(([platform, count]) => accountsOf(trace, platform, count));
    this.byId = new Map(this.all.map((account) => [account.id, account]));
    this.byPlace = Map.groupBy(this.all, ({ platform, workspace }) => `${platform}|${workspace}`);
    this.faults = new Map(this.all.map((account) => [account.id, faultsOf(trace, account)]));
    this.fallbacks = new Map(
      this.all.map((account) => [
        account.id,
        (trace.policy.fallbacks[account.platform] ?? []).flatMap((platform) => this.of(platform, account.workspace)),
      ]),
    );
  }

  /** @throws RangeError for an id that is none */
  get(id: string): TraceAccount {
    const account = this.byId.get(id);
    if (!account) throw new RangeError(`No account ${id}.`);
    return account;
  }

  /** A workspace's accounts of a platform, by number. */
  of(platform: string, workspace: number): readonly TraceAccount[] {
    return this.byPlace.get(`${platform}|${workspace}`) ?? [];
  }

  /** The same workspace's accounts of the listed platforms, in order. */
  fallbacksOf(account: TraceAccount): readonly TraceAccount[] {
    return (this.fallbacks.get(account.id) ?? []).filter(({ id }) => id !== account.id);
  }

  faultsOf(account: TraceAccount): readonly FaultSpan[] {
    return this.faults.get(account.id) ?? [];
  }

  faultAt(account: TraceAccount, atMs: number): FaultSpan | undefined {
    return this.faultsOf(account).find(({ fromMs, endMs }) => fromMs <= atMs && atMs < endMs);
  }
}

const accountsOf = (trace: OutageTrace, platform: string, count: number): readonly TraceAccount[] => {
  const shares = Object.entries(trace.regions);
  const dealt = shares.flatMap(([region, share]) => Array<string>(Math.round(share * count)).fill(region));
  const last = shares.at(-1)?.[0] ?? '';
  return Array.from({ length: count }, (_, no) => ({
    id: `${platform}/${no}`,
    platform,
    no,
    workspace: no % trace.workspaces,
    region: dealt[no] ?? last,
  }));
};

const faultsOf = ({ accountFaults, durationMinutes }: OutageTrace, account: TraceAccount): readonly FaultSpan[] =>
  accountFaults
    .filter(
      ({ platform, account: no, workspace }) =>
        platform === account.platform && (no === account.no || workspace === account.workspace),
    )
    .map(({ kind, fromMinute, toMinute }) => ({
      kind,
      fromMs: msOf(fromMinute),
      endMs: Math.min(msOf(toMinute), msOf(durationMinutes)),
    }));
