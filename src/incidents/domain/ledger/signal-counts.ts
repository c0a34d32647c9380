import type { EntryDraft } from './ledger-entry.js';

/** Observations of one span of time, by where they come from and what they are about. */
export interface SignalCount {
  readonly at: Date;
  readonly source: string;
  readonly capability: string;
  readonly good: number;
  readonly bad: number;
  readonly unknown: number;
}

type Counts = Readonly<Record<'good' | 'bad' | 'unknown', number>>;

const NONE: Counts = { good: 0, bad: 0, unknown: 0 };

const plus = (a: Counts, b: Counts): Counts => ({
  good: a.good + b.good,
  bad: a.bad + b.bad,
  unknown: a.unknown + b.unknown,
});

const sumBy = (rows: readonly SignalCount[], keyOf: (row: SignalCount) => string): Record<string, Counts> => {
  const sums: Record<string, Counts> = {};
  for (const row of rows) sums[keyOf(row)] = plus(sums[keyOf(row)] ?? NONE, row);
  return sums;
};

/** One line per span that has observations, oldest first. */
export const entriesOfSignals = (rows: readonly SignalCount[]): readonly EntryDraft[] =>
  [...Map.groupBy(rows, ({ at }) => at.getTime())]
    .sort(([one], [other]) => one - other)
    .map(([atMs, inSpan]) => {
      // What others say is shown beside, never counted as seen.
      const total = inSpan.filter(({ source }) => source !== 'feed').reduce<Counts>(plus, NONE);
      const at = new Date(atMs);
      return {
        sourceKey: `signals|${at.toISOString()}`,
        at,
        kind: 'signal',
        type: 'counts',
        workspaceId: null,
        subjectId: null,
        actor: null,
        text: `${total.good} good, ${total.bad} bad, ${total.unknown} without an answer.`,
        data: {
          ...total,
          bySource: sumBy(inSpan, ({ source }) => source),
          byCapability: sumBy(inSpan, ({ capability }) => capability),
        },
      };
    });
