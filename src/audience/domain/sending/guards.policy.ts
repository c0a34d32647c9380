import type { DomainTally } from '../bounces/delivery-reports.port.js';

/** Below so many accepted messages a share says nothing (`resilience.md` D2.8). */
export const GUARDED_FROM = 500;

/** Shares of accepted messages. Complaints: what Gmail and Yahoo publish as their limits; hard bounces: what most providers do. */
export const GUARD_LIMITS = {
  complaints: { warn: 0.001, pause: 0.003 },
  hardBounces: { warn: 0.02, pause: 0.05 },
} as const;
export type Guard = keyof typeof GUARD_LIMITS;

/** What a guard says of one broadcast, at one receiver or at all. */
export interface GuardFinding {
  readonly guard: Guard;
  readonly level: 'warn' | 'pause';
  /** A receiver (`gmail`, a domain); null: over all receivers. */
  readonly receiver: string | null;
  readonly count: number;
  readonly accepted: number;
}

/** Messages a receiver accepted, and what came back from it. */
export interface ReceiverCount extends Pick<DomainTally, 'hard' | 'complaints'> {
  readonly receiver: string;
  readonly accepted: number;
}

/** Whether too much comes back: over the whole broadcast and per receiver. Only the worse level of each is said. */
export const guardFindings = (counts: readonly ReceiverCount[]): readonly GuardFinding[] => {
  const all = counts.reduce(
    (sum, { accepted, hard, complaints }) => ({
      accepted: sum.accepted + accepted,
      hard: sum.hard + hard,
      complaints: sum.complaints + complaints,
    }),
    { accepted: 0, hard: 0, complaints: 0 },
  );
  return [{ receiver: null, ...all }, ...counts].flatMap(({ receiver, accepted, hard, complaints }) =>
    (
      [
        ['complaints', complaints],
        ['hardBounces', hard],
      ] as const
    ).flatMap(([guard, count]) => {
      const level = levelOf(guard, count, accepted);
      return level === undefined ? [] : [{ guard, level, receiver, count, accepted }];
    }),
  );
};

const levelOf = (guard: Guard, count: number, accepted: number): GuardFinding['level'] | undefined => {
  if (accepted < GUARDED_FROM) return undefined;
  const { warn, pause } = GUARD_LIMITS[guard];
  const share = count / accepted;
  if (share >= pause) return 'pause';
  return share >= warn ? 'warn' : undefined;
};

/** For a person: why it was paused. */
export const guardSentence = ({ guard, receiver, count, accepted }: Omit<GuardFinding, 'level'>): string => {
  const what = guard === 'complaints' ? 'complaints' : 'addresses that do not exist';
  return `${count} ${what} in ${accepted} accepted mails${receiver === null ? '' : ` at ${receiver}`}.`;
};
