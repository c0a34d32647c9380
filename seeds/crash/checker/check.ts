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
  /** Runs asked for; those whose cancel or edit was raced are counted in `raced` alone. */
  readonly targets: number;
  readonly live: number;
  readonly needsDecision: number;
  readonly missed: number;
  /** Fates of the raced ones; a lost or stuck one counts above as well. */
  readonly raced: Readonly<Partial<Record<Fate, number>>>;
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
  const raced = fates.filter(([id]) => history.raced.includes(id)).map(([, fate]) => fate);
  const plain = fates.filter(([id]) => !history.raced.includes(id)).map(([, fate]) => fate);
  const count = (fate: Fate, among = plain) => among.filter((one) => one === fate).length;
  return {
    targets: plain.length,
    live: count('live'),
    needsDecision: count('needsDecision'),
    missed: count('missed'),
    raced: Object.fromEntries(raced.map((fate) => [fate, count(fate, raced)])),
    duplicates: countDuplicates(linked),
    lost: count('lost') + count('lost', raced),
    stuck: count('stuck') + count('stuck', raced),
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
  verdict.needsDecision + (verdict.raced.needsDecision ?? 0) <= verdict.callsOpenAtKills &&
  verdict.duplicates + verdict.lost + verdict.stuck + verdict.invariantViolations.length === 0;
