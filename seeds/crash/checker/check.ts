import { callsOpenAtKills, type Fate, fatesOf } from './fates.ts';
import { countDuplicates, oneLiveCopy } from './i01-one-live-copy.ts';
import { pastStale } from './i02-past-stale.ts';
import { publishedHasProof } from './i03-published-has-proof.ts';
import { intentBeforeCall } from './i04-intent-before-call.ts';
import { permittedPlaces } from './i05-permitted-places.ts';
import { neverIdle } from './i06-never-idle.ts';
import { mailOnce } from './i07-mail-once.ts';
import { tenantsApart } from './i08-tenants-apart.ts';
import { oneOpenTry } from './i09-one-open-try.ts';
import { earlierRunFirst } from './i10-earlier-run-first.ts';
import { notEarlyNotCancelled } from './i11-not-early-not-cancelled.ts';
import { statusTable } from './i12-status-table.ts';
import { linkTruth } from './linked.ts';
import type { History, Violation } from './rows.ts';

/** The outcome of a run, from tables and ground truth alone. */
export interface Verdict {
  /** Runs asked for, without those whose cancel was acknowledged. */
  readonly targets: number;
  readonly live: number;
  readonly needsDecision: number;
  readonly missed: number;
  readonly cancelled: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly stuck: number;
  readonly callsOpenAtKills: number;
  readonly invariantViolations: readonly Violation[];
}

/** All twelve invariants of the design (section 4) and the count of fates. */
export const check = (history: History): Verdict => {
  const linked = linkTruth(history);
  const fates = [...fatesOf(history, linked)];
  const count = (fate: Fate) => fates.filter(([, one]) => one === fate).length;
  return {
    targets: fates.length - count('cancelled'),
    live: count('live'),
    needsDecision: count('needsDecision'),
    missed: count('missed'),
    cancelled: count('cancelled'),
    duplicates: countDuplicates(linked),
    lost: count('lost'),
    stuck: count('stuck'),
    callsOpenAtKills: callsOpenAtKills(history),
    invariantViolations: [
      ...oneLiveCopy(linked),
      ...pastStale(history),
      ...publishedHasProof(history, linked),
      ...intentBeforeCall(history, linked),
      ...permittedPlaces(history, linked),
      ...neverIdle(history),
      ...mailOnce(history),
      ...tenantsApart(history, linked),
      ...oneOpenTry(history),
      ...earlierRunFirst(history),
      ...notEarlyNotCancelled(history, linked),
      ...statusTable(history),
    ],
  };
};

/** Whether a verdict keeps what the issue promises. */
export const isSound = (verdict: Verdict): boolean =>
  verdict.live + verdict.needsDecision + verdict.missed === verdict.targets &&
  verdict.needsDecision <= verdict.callsOpenAtKills &&
  verdict.duplicates + verdict.lost + verdict.stuck + verdict.invariantViolations.length === 0;
