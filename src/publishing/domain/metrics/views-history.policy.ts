import { judgeViews, NO_HISTORY, type ViewsHistory } from '../../../health/domain/counters.policy.js';
import { DAY_MS, scaledMs, type TimeScale } from '../../../kernel/durations.js';

/** What an account's posts usually gather, as it is kept. */
export interface KeptHistory {
  readonly history: ViewsHistory;
  /** When views last came. */
  readonly confirmedAt: Date;
}

/** One read of a post's views, with the read before it; absent at the first. */
export interface ViewsLook {
  readonly targetId: string;
  readonly publishedAt: Date;
  readonly at: Date;
  readonly views: number;
  readonly before?: { readonly at: Date; readonly views: number };
  /** The platform was in trouble when it answered: the read may say so, but teaches nothing. */
  readonly suspect: boolean;
}

/** What reads of one account say about the platform's counters, and what they teach about the account. */
export interface JudgedLooks {
  /** undefined: there is none yet. */
  readonly kept: KeptHistory | undefined;
  /** Only of reads of which something could be expected. */
  readonly verdicts: readonly { readonly targetId: string; readonly verdict: 'good' | 'bad' }[];
}

/**
 * An account whose views have not come for so long has lost its audience; the counters are not broken. It is learnt
 * anew, or its posts would accuse the platform for ever.
 */
const FORGET_AFTER_MS = 14 * DAY_MS;

/**
 * Holds reads of one account against its own history, in their order.
 * @param scale ages under it count as the nominal ones: at 60, a minute as an hour
 */
export const judgeLooks = (
  kept: KeptHistory | undefined,
  looks: readonly ViewsLook[],
  scale: TimeScale,
): JudgedLooks => {
  let known = kept;
  const verdicts: JudgedLooks['verdicts'][number][] = [];
  for (const look of looks) {
    const usual = isForgotten(known, look.at, scale) ? undefined : known;
    const { history, verdict } = judgeViews(usual?.history ?? NO_HISTORY, readOf(look, scale));
    if (verdict) verdicts.push({ targetId: look.targetId, verdict });
    known = learnt(usual, look, history);
  }
  return { kept: known, verdicts };
};

const isForgotten = (kept: KeptHistory | undefined, at: Date, scale: TimeScale): boolean =>
  kept !== undefined && at.getTime() - kept.confirmedAt.getTime() > scaledMs(FORGET_AFTER_MS, scale);

const learnt = (
  known: KeptHistory | undefined,
  { at, views, before, suspect }: ViewsLook,
  history: ViewsHistory,
): KeptHistory | undefined => {
  if (suspect) return known;
  const cameNow = views > (before?.views ?? 0);
  if (known && history === known.history && !cameNow) return known;
  return { history, confirmedAt: cameNow ? at : (known?.confirmedAt ?? at) };
};

const readOf = ({ publishedAt, at, views, before }: ViewsLook, scale: TimeScale) => {
  const ageOf = (instant: Date): number => (instant.getTime() - publishedAt.getTime()) * scale;
  return {
    ageMs: ageOf(at),
    views,
    ...(before ? { before: { ageMs: ageOf(before.at), views: before.views } } : {}),
  };
};
