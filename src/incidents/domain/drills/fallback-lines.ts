import type { HourlyLoad } from '../../../publishing/domain/rehearsal/rehearsal.js';
import type { FallbackLine } from './drill-report.js';

/** What accounts would carry, before anybody has looked up their names. */
export type UnnamedFallback = Omit<FallbackLine, 'platform' | 'displayName'>;

/** One line for each account that would take anything over, the busiest first. */
export const fallbackLines = (
  moved: ReadonlyMap<string, number>,
  loads: readonly HourlyLoad[],
  usualPerHour: ReadonlyMap<string, number>,
): readonly UnnamedFallback[] => {
  const hours = Map.groupBy(loads, ({ accountId }) => accountId);
  const lines = [...moved].flatMap(([accountId, count]): UnnamedFallback[] => {
    const busiest = (hours.get(accountId) ?? [])
      .filter(({ extra }) => extra > 0)
      .reduce<HourlyLoad | undefined>((most, one) => (most && sum(most) >= sum(one) ? most : one), undefined);
    if (!busiest) return [];
    return [
      {
        accountId,
        moved: count,
        usualPerHour: Number((usualPerHour.get(accountId) ?? 0).toFixed(2)),
        busiestHour: busiest.hour.toISOString(),
        ownThen: busiest.own,
        extraThen: busiest.extra,
      },
    ];
  });
  return lines.sort((one, other) => other.moved - one.moved);
};

const sum = ({ own, extra }: HourlyLoad): number => own + extra;
