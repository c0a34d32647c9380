import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import { DEFAULT_POLICY, type Route } from '../../routing/domain/route.js';
import { Random } from '../domain/random.js';
import { SIMULATED_PLATFORMS, type SimulatedPlatform } from './platform-profiles.js';

/** Chances of one try, 0..1; what is left over is success. */
export interface UploadFaults {
  readonly error: number;
  /** Nobody answers and nothing lands. */
  readonly timeout: number;
  /** Accepted, and nobody answers. */
  readonly lost: number;
  readonly throttle: number;
  readonly refuse: number;
  readonly unauthorised: number;
}

/** How a platform behaves in a region for a while. */
export interface Phase {
  readonly platform: SimulatedPlatform;
  readonly region: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly upload: UploadFaults;
  /** Accepted posts land late: log-normal 18/35 min with a tail of hours where the platform's witness allows it. */
  readonly landsLate: boolean;
  readonly readError: number;
  /** Reads that succeed show the world as it was when the phase began. */
  readonly readsAreFrozen: boolean;
}

/** Chances of faults of our own. */
export interface OwnFaults {
  /** A process dies, per database step or call. */
  readonly crash: number;
  /** A statement is not executed. */
  readonly dbError: number;
  /** It is executed and its answer gets lost. */
  readonly ackLost: number;
  /** A request is given up and reaches its platform all the same, up to 50 s later. */
  readonly slowCall: number;
  readonly wakeUpLost: number;
  readonly wakeUpDoubled: number;
  /** Times a worker stops for longer than its lock lasts, in the first hours. */
  readonly freezes: number;
  /** Spans in which the database is away. */
  readonly dbCuts: number;
  /** Steps of a worker's clock, up to 90 s either way. */
  readonly clockSteps: number;
}

export interface SimulatedAccount {
  readonly id: string;
  readonly workspaceId: string;
  readonly platform: SimulatedPlatform;
  readonly region: string;
}

export interface SimulatedOrigin {
  readonly workspaceId: string;
  readonly postId: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly scheduledMs: number;
}

/** A person's hand: at a moment, on one target or account. */
export interface HandMove {
  readonly atMs: number;
  readonly kind: 'cancel' | 'edit' | 'pause' | 'resume' | 'retry';
  readonly index: number;
}

/** Everything one seed means before anything runs. */
export interface Scenario {
  readonly seed: number;
  readonly workers: number;
  readonly accounts: readonly SimulatedAccount[];
  readonly routes: ReadonlyMap<string, Route>;
  readonly origins: readonly SimulatedOrigin[];
  readonly phases: readonly Phase[];
  readonly faults: OwnFaults;
  readonly moves: readonly HandMove[];
}

const NORMAL: UploadFaults = {
  error: 0.01,
  timeout: 0.01,
  lost: 0.02,
  throttle: 0.01,
  refuse: 0.01,
  unauthorised: 0.01,
};
const CALM: UploadFaults = { error: 0, timeout: 0, lost: 0, throttle: 0, refuse: 0, unauthorised: 0 };
const NO_FAULTS: OwnFaults = {
  crash: 0,
  dbError: 0,
  ackLost: 0,
  slowCall: 0,
  wakeUpLost: 0,
  wakeUpDoubled: 0,
  freezes: 0,
  dbCuts: 0,
  clockSteps: 0,
};

/** Every tenth seed is calm: then everything must simply go out, on time. */
export const isCalm = (seed: number): boolean => seed % 10 === 0;

export const normalUpload = (seed: number): UploadFaults => (isCalm(seed) ? CALM : NORMAL);

export const scenarioOf = (seed: number): Scenario => {
  const random = new Random(seed);
  const accounts = accountsOf(random);
  return {
    seed,
    workers: random.int(1, 3),
    accounts,
    routes: new Map(accounts.map((account) => [account.id, routeOf(random, account, accounts)])),
    origins: originsOf(random, accounts),
    phases: isCalm(seed) ? [] : phasesOf(random),
    faults: isCalm(seed) ? NO_FAULTS : ownFaultsOf(random),
    moves: isCalm(seed) ? [] : movesOf(random),
  };
};

const accountsOf = (random: Random): SimulatedAccount[] =>
  Array.from({ length: 2 }, (_, workspace) =>
    SIMULATED_PLATFORMS.flatMap((platform) =>
      Array.from({ length: random.int(0, 2) }, (__, number) => ({
        id: `w${workspace}-${platform}-${number}`,
        workspaceId: `w${workspace}`,
        platform,
        region: random.pick(['us', 'us', 'eu']),
      })),
    ).concat({ id: `w${workspace}-tiktok-x`, workspaceId: `w${workspace}`, platform: 'tiktok', region: 'us' }),
  ).flat();

const routeOf = (random: Random, account: SimulatedAccount, all: readonly SimulatedAccount[]): Route => {
  const others = all.filter(
    (other) => other.workspaceId === account.workspaceId && other.platform !== account.platform,
  );
  return {
    ...DEFAULT_POLICY,
    scope: 'account',
    onDegraded: random.pick(['publish', 'hold', 'reroute']),
    onDown: random.pick(['publish', 'hold', 'reroute', 'reroute']),
    onUnknown: random.pick(['wait', 'reroute']),
    onAccountTrouble: random.pick(['hold', 'reroute']),
    holdForSeconds: random.pick([0, 300, 1800]),
    staleAfterSeconds: random.pick([3600, 4 * 3600, 12 * 3600]),
    failback: random.pick(['none', 'catch_up']),
    fallbacks: others.filter(() => random.chance(0.7)).map(({ id }) => id),
  };
};

/** Runs of few posts on few accounts, some at the very same instant, some of one post shortly after each other. */
const originsOf = (random: Random, accounts: readonly SimulatedAccount[]): SimulatedOrigin[] => {
  const origins: SimulatedOrigin[] = [];
  const posts = random.int(4, 8);
  for (let post = 0; post < posts; post += 1) {
    const workspaceId = `w${post % 2}`;
    const mine = accounts.filter((account) => account.workspaceId === workspaceId);
    let scheduledMs = random.pick([5, 10, 30, 60, 120]) * MINUTE_MS;
    for (let run = 0; run < random.int(1, 3); run += 1) {
      for (const account of mine.filter(() => random.chance(0.4)))
        origins.push({
          workspaceId,
          postId: `p${post}`,
          occurrenceId: `p${post}.${run}`,
          accountId: account.id,
          scheduledMs,
        });
      scheduledMs += random.pick([1, 20, 90]) * MINUTE_MS;
    }
  }
  return origins;
};

const phasesOf = (random: Random): Phase[] =>
  Array.from({ length: random.int(1, 4) }, () => {
    const fromMs = random.int(0, 150) * MINUTE_MS;
    const severity = random.next();
    return {
      platform: random.pick(SIMULATED_PLATFORMS),
      region: random.pick(['us', 'us', 'eu']),
      fromMs,
      toMs: fromMs + random.pick([5, 30, 90, 300]) * MINUTE_MS,
      upload: {
        error: 0.4 * severity,
        timeout: 0.25 * severity,
        lost: random.pick([0.05, 0.3]) * severity,
        throttle: random.pick([0, 0.05]),
        refuse: 0.01,
        unauthorised: random.pick([0, 0.1]),
      },
      landsLate: random.chance(0.6),
      readError: random.pick([0, 0.3, 0.6, 1]),
      readsAreFrozen: random.chance(0.25),
    };
  });

const ownFaultsOf = (random: Random): OwnFaults => ({
  crash: random.pick([0, 0.005, 0.03]),
  dbError: random.pick([0, 0.01, 0.05]),
  ackLost: random.pick([0, 0.01, 0.05]),
  slowCall: 0.02,
  wakeUpLost: random.pick([0, 0.2]),
  wakeUpDoubled: random.pick([0, 0.3]),
  freezes: random.int(0, 3),
  dbCuts: random.int(0, 2),
  clockSteps: random.int(0, 3),
});

const movesOf = (random: Random): HandMove[] =>
  Array.from({ length: random.int(0, 8) }, () => ({
    // Around the round minutes at which things are due, to meet the arbiter.
    atMs: random.pick([5, 10, 30, 60, 120, 180]) * MINUTE_MS + random.int(-40, 20) * SECOND_MS + random.int(0, 999),
    kind: random.pick(['cancel', 'cancel', 'edit', 'pause', 'resume', 'retry'] as const),
    index: random.int(0, 10_000),
  }));

/** Until when faults of our own are made. */
export const FAULTS_END_MS = 5 * HOUR_MS;
