/** A log-normal by its median and 95th percentile; p95 >= p50 > 0. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
}

/** Chances of one publish try, each 0..1, together at most 1. */
export interface UploadBehaviour {
  readonly errorRate: number;
  readonly timeoutRate: number;
  readonly acceptedLostRate: number;
  readonly rateLimitRate: number;
  readonly retryAfterSeconds: number;
  readonly latencyMs: Spread;
}

/** What becomes of an accepted post. */
export interface ProcessBehaviour {
  readonly delaySeconds: Spread;
  readonly rejectRate: number;
  readonly stallRate: number;
}

export interface ReadBehaviour {
  readonly errorRate: number;
  readonly latencyMs: Spread;
  readonly listLagMinutes: number;
  readonly omitRate: number;
}

export const COUNTER_MODES = ['live', 'frozen', 'zero'] as const;
export type CounterMode = (typeof COUNTER_MODES)[number];

/** How a platform behaves at one instant in one region. */
export interface Behaviour {
  readonly upload: UploadBehaviour;
  readonly process: ProcessBehaviour;
  readonly read: ReadBehaviour;
  readonly auth: { readonly errorRate: number };
  readonly counters: CounterMode;
  readonly views: { readonly firstHourMedian: number };
}

/** From `fromMinute` up to, not including, `toMinute`; minutes from the trace's start, fractions allowed. */
export interface Minutes {
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface Phase extends Minutes {
  readonly name?: string | undefined;
  /** Left out: every region. */
  readonly regions?: readonly string[] | undefined;
  readonly upload?: Patch<UploadBehaviour>;
  readonly process?: Patch<ProcessBehaviour>;
  readonly read?: Patch<ReadBehaviour>;
  readonly auth?: Patch<Behaviour['auth']>;
  readonly counters?: CounterMode | undefined;
  readonly views?: Behaviour['views'] | undefined;
}

type Patch<T> = { readonly [K in keyof T]?: T[K] | undefined } | undefined;

export const TRUTH_CAPABILITIES = ['auth', 'upload', 'publish', 'read', 'counters'] as const;
export type TruthCapability = (typeof TRUTH_CAPABILITIES)[number];
export type TruthState = 'degraded' | 'down';

/** What a perfect observer would say. For scores only. */
export interface TruthSpan extends Minutes {
  readonly capability: TruthCapability;
  readonly state: TruthState;
  readonly regions?: readonly string[] | undefined;
}

export interface PlatformTrace {
  readonly normal: Behaviour;
  readonly phases: readonly Phase[];
  readonly truth: readonly TruthSpan[];
}

export const ACCOUNT_FAULT_KINDS = ['token_expired', 'bad_video', 'rate_limited', 'banned'] as const;
export type AccountFaultKind = (typeof ACCOUNT_FAULT_KINDS)[number];

/** Trouble of one account, or of all accounts of a workspace on one platform. */
export interface AccountFault extends Minutes {
  readonly platform: string;
  readonly account?: number | undefined;
  readonly workspace?: number | undefined;
  readonly kind: AccountFaultKind;
}

export interface TracePolicy {
  readonly onDegraded: 'publish' | 'hold' | 'reroute';
  readonly onDown: 'publish' | 'hold' | 'reroute';
  readonly onUnknown: 'wait' | 'reroute';
  readonly onAccountTrouble: 'hold' | 'reroute';
  readonly fallbacks: Readonly<Record<string, readonly string[]>>;
  readonly holdForMinutes: number;
  readonly staleAfterMinutes: number;
  readonly failback: 'none' | 'catch_up';
}

/** Posts an account may get per UTC day. */
export type Quotas = Readonly<Record<string, { readonly perAccountPerDay: number }>>;

/** An outage trace as `outage-trace.md` describes it, checked. */
export interface OutageTrace {
  readonly format: 'outage-trace/1';
  readonly name: string;
  readonly seed: number;
  readonly start: string;
  readonly durationMinutes: number;
  readonly platforms: Readonly<Record<string, PlatformTrace>>;
  /** How many accounts each platform has. */
  readonly accounts: Readonly<Record<string, number>>;
  readonly workspaces: number;
  /** Share of accounts per region, in order. */
  readonly regions: Readonly<Record<string, number>>;
  readonly accountFaults: readonly AccountFault[];
  readonly localFaults: readonly (Minutes & { readonly kind: 'no_connectivity' })[];
  readonly workload: {
    readonly postsPerHour: number;
    readonly onTheHourShare: number;
    readonly targetsPerPost: Readonly<Record<string, number>>;
    readonly evergreenShare: number;
  };
  readonly policy: TracePolicy;
  readonly quota: Quotas;
}
