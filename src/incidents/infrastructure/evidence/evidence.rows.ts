import type {
  AttemptEvidence,
  Counters,
  CounterSample,
  ReplacementEvidence,
  TargetEvidence,
} from '../../domain/evidence/evidence.js';
import type { Placed, ReachFacts } from '../../domain/evidence/evidence.port.js';

/** The type with every optional field as the database answers it. */
type Nullable<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K];
};

/** Without the fields that the database has null for. */
const told = <T extends object>(row: T): object =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

export type TargetRow = Placed<
  Nullable<Omit<TargetEvidence, 'error' | 'attempts' | 'replacements' | 'counters'>> & {
    readonly errorCategory: string | null;
    readonly outcome: string | null;
    readonly errorDetail: string | null;
  }
>;
export type AttemptRow = Nullable<AttemptEvidence> & { readonly targetId: string };
export type ReplacementRow = Nullable<ReplacementEvidence> & { readonly rootId: string };
export type CounterRow = Nullable<CounterSample> & { readonly targetId: string; readonly span: keyof Counters };

export const toTarget = ({ errorCategory, outcome, errorDetail, ...row }: TargetRow) =>
  ({
    ...told(row),
    ...(errorCategory === null ? {} : { error: told({ category: errorCategory, outcome, detail: errorDetail }) }),
  }) as Placed<Omit<TargetEvidence, 'attempts' | 'replacements' | 'counters'>>;

export const toAttempt = ({ targetId: _, ...row }: AttemptRow) => told(row) as AttemptEvidence;

export const toReplacement = ({ rootId: _, ...row }: ReplacementRow) => told(row) as ReplacementEvidence;

export const toSample = ({ targetId: _, span: __, ...row }: CounterRow) => told(row) as CounterSample;

export interface ReachRow {
  readonly accountId: string;
  readonly account: string;
  readonly ageSeconds: number;
  readonly planned: number;
  readonly history: readonly number[];
  readonly hereLive: number;
  readonly hereMeasured: number;
  readonly hereViews: number;
  readonly hereSuspect: number;
  readonly thereLive: number;
  readonly thereMeasured: number;
  readonly thereViews: number;
  readonly thereSuspect: number;
}

export const toReach = (row: ReachRow): ReachFacts => ({
  accountId: row.accountId,
  account: row.account,
  ageSeconds: row.ageSeconds,
  planned: row.planned,
  history: row.history,
  here: { live: row.hereLive, measured: row.hereMeasured, views: row.hereViews, suspect: row.hereSuspect },
  elsewhere: { live: row.thereLive, measured: row.thereMeasured, views: row.thereViews, suspect: row.thereSuspect },
});
