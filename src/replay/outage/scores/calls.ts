import { MINUTE_MS } from '../../../kernel/durations.js';
import type { Stage } from '../run/stage.js';

/** The first minute of an outage nobody can know of. */
const ONSET_MS = MINUTE_MS;

export interface CallScore {
  readonly publishCallsToDownPlatform: number;
  readonly onsetCalls: number;
}

/** Publish tries begun while publish truth of the account's region is down. */
export const callsToDown = ({ record, truth }: Pick<Stage, 'record' | 'truth'>): CallScore => {
  let [later, onset] = [0, 0];
  const incidents = new Map<string, ReturnType<typeof truth.incidentsOf>>();
  for (const { account, atMs } of record.calls) {
    const { platform, region } = account;
    const key = `${platform}|${region}`;
    const known = incidents.get(key) ?? truth.incidentsOf(platform, region, 'publish', 'down');
    incidents.set(key, known);
    const down = known.find(({ fromMs, endMs }) => fromMs <= atMs && atMs < endMs);
    if (!down) continue;
    if (atMs >= down.fromMs + ONSET_MS) later += 1;
    else onset += 1;
  }
  return { publishCallsToDownPlatform: later, onsetCalls: onset };
};
