import type { TargetResponse } from '../api/generated/types.gen.ts';

type Use = Pick<TargetResponse, 'accountId' | 'platform' | 'status' | 'scheduledAt' | 'publishedAt'>;

const WAITING = ['scheduled', 'held'];
const DAY_MS = 86_400_000;

/** When a post was live last, and when it goes out next. */
export const lastUse = (targets: readonly Use[]): string | undefined =>
  targets
    .flatMap(({ publishedAt }) => publishedAt ?? [])
    .sort()
    .at(-1);

export const nextUse = (targets: readonly Use[]): string | undefined =>
  targets
    .filter(({ status }) => WAITING.includes(status))
    .map(({ scheduledAt }) => scheduledAt)
    .sort()[0];

/** One account that a post was on, and until when it rests there. */
export interface Rest {
  readonly accountId: string;
  readonly platform: string;
  readonly lastAt: string;
  /** The instant at which `cooldownDays` days of 24 h have passed; queues count on the clocks of their zone. */
  readonly until: string;
  readonly isOver: boolean;
}

/** By account; the rest of a platform is `days[platform]` days, none where it is not named. */
export const restsOf = (
  targets: readonly Use[],
  days: Readonly<Record<string, number>>,
  nowMs: number,
): readonly Rest[] => {
  const last = new Map<string, { platform: string; lastAt: string }>();
  for (const { accountId, platform, publishedAt } of targets) {
    const known = last.get(accountId);
    if (publishedAt && (!known || known.lastAt < publishedAt)) last.set(accountId, { platform, lastAt: publishedAt });
  }
  return [...last].map(([accountId, { platform, lastAt }]) => {
    const untilMs = Date.parse(lastAt) + (days[platform] ?? 0) * DAY_MS;
    return { accountId, platform, lastAt, until: new Date(untilMs).toISOString(), isOver: untilMs <= nowMs };
  });
};
