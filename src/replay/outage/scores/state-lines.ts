import type { HealthState } from '../../../health/domain/health-state.js';
import type { ShownCapability, StateChange } from '../run/record.js';
import type { TruthCapability } from '../trace/trace.js';

const BADNESS: Readonly<Record<HealthState, number>> = { healthy: 0, recovering: 1, degraded: 2, down: 3 };

export const isAtLeast = (state: HealthState, bad: 'degraded' | 'down'): boolean => BADNESS[state] >= BADNESS[bad];
export const isIll = (state: HealthState): state is 'degraded' | 'down' => state === 'degraded' || state === 'down';

/** Where a truth's capability is shown: `publish` gathers auth and upload. */
export const shownAs = (capability: TruthCapability): ShownCapability =>
  capability === 'read' || capability === 'counters' ? capability : 'publish';

/** The states one key went through, in time; healthy and fully admitted before the first. */
export class StateLine {
  /** @param changes of one key, in time */
  constructor(readonly changes: readonly StateChange[]) {}

  /** The state that holds at a moment, the change of that very moment included. */
  at(atMs: number): Pick<StateChange, 'state' | 'admission'> {
    return this.changes.findLast((change) => change.atMs <= atMs) ?? { state: 'healthy', admission: 1 };
  }

  /** The first moment from `fromMs` on at which `holds`; undefined: never. */
  firstFrom(fromMs: number, holds: (at: Pick<StateChange, 'state' | 'admission'>) => boolean): number | undefined {
    if (holds(this.at(fromMs))) return fromMs;
    return this.changes.find((change) => change.atMs > fromMs && holds(change))?.atMs;
  }

  /** Changes of state with the state before. */
  entries(): readonly { readonly from: HealthState; readonly to: HealthState; readonly atMs: number }[] {
    let from: HealthState = 'healthy';
    return this.changes.flatMap(({ state, atMs }) => {
      if (state === from) return [];
      const entry = { from, to: state, atMs };
      from = state;
      return [entry];
    });
  }
}

export const linesOf = (changes: readonly StateChange[]) => {
  const groups = Map.groupBy(changes, ({ platform, region, capability }) => `${platform}|${region}|${capability}`);
  return (place: { platform: string; region: string }, capability: ShownCapability): StateLine =>
    new StateLine(groups.get(`${place.platform}|${place.region}|${capability}`) ?? []);
};
