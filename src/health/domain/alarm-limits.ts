import type { ChartLimits } from './chart.js';
import { alarmLevelsOf } from './chart-levels.js';
import type { ChartName, DetectorConfig } from './detector-config.js';
import type { Advice, DetectorState } from './detector-state.js';

/** Where a chart speaks up. @param share 0..1: how much of its sample failed */
export type AlarmLimits = (name: ChartName, share: number) => Pick<ChartLimits, 'degradedAt' | 'downAt'>;

/** A feed says trouble, and still counts. */
export const adviceOf = ({ advice, lastAtMs }: DetectorState): Advice | undefined =>
  advice && lastAtMs < advice.untilMs ? advice : undefined;

const neighbourOf = ({ neighbour, lastAtMs }: DetectorState): Advice | undefined =>
  neighbour && lastAtMs < neighbour.untilMs ? neighbour : undefined;

/**
 * The limits in this state, now. A feed's bad news halves them. After a fall of the platform in another region most of
 * it likely fails here too: nothing less becomes more likely. A relapse is `down` as soon as it is told, if most fails:
 * what an outage leaves behind often fails more than usual and yet takes posts.
 */
export const limitsNow = (state: DetectorState, config: DetectorConfig): AlarmLimits => {
  const factor = adviceOf(state) ? config.advisoryFactor : 1;
  const { neighbour } = config;
  const fell = neighbourOf(state);
  return (name, share) => {
    const { degradedAt, downAt } = alarmLevelsOf(config, name, state);
    if (state.state === 'recovering' && downAt !== Infinity && share >= config.relapseShare)
      return { degradedAt: factor * degradedAt, downAt: factor * degradedAt };
    const isLikely = fell && share >= neighbour.downShare;
    return {
      degradedAt: factor * degradedAt,
      downAt: (isLikely ? Math.min(factor, neighbour.factor) : factor) * downAt,
    };
  };
};

/** Who lowered the limits, if anybody; for people. */
export const lowererOf = (state: DetectorState): string => {
  const [advice, neighbour] = [adviceOf(state), neighbourOf(state)];
  const halved = advice ? ` Limit halved: ${advice.source} says trouble.` : '';
  return neighbour ? `${halved} Limit of down lowered: it fell in ${neighbour.source} too.` : halved;
};
