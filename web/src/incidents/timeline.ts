import type { TransitionDto } from '../api/generated/types.gen.ts';

type Health = TransitionDto['from'];
type Change = Pick<TransitionDto, 'capability' | 'from' | 'to' | 'at'>;

/** A stretch of one state; instants in ms. */
export interface Segment {
  readonly state: Health;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One capability over the whole span. */
export interface Strip {
  readonly capability: TransitionDto['capability'];
  readonly segments: readonly Segment[];
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const AROUND = 0.08;
const LEAST_MS = 10_000;

/** The incident with a little before and after; one that is still open ends now. */
export const spanOf = (
  { openedAt, closedAt }: { readonly openedAt: string; readonly closedAt?: string },
  changes: readonly Change[],
  nowMs: number,
): Span => {
  const times = changes.map(({ at }) => Date.parse(at));
  const first = Math.min(Date.parse(openedAt), ...times);
  const last = closedAt === undefined ? nowMs : Math.max(Date.parse(closedAt), ...times);
  const pad = Math.max(LEAST_MS, (last - first) * AROUND);
  return { fromMs: first - pad, toMs: closedAt === undefined ? last : last + pad };
};

/** What each capability was, without a gap from the beginning of the span to its end. */
export const stripsOf = (changes: readonly Change[], { fromMs, toMs }: Span): Strip[] => {
  const capabilities = [...new Set(changes.map(({ capability }) => capability))].sort();
  return capabilities.map((capability) => {
    const own = changes.filter((change) => change.capability === capability).sort((a, b) => a.at.localeCompare(b.at));
    const starts = own.map(({ to, at }) => ({ state: to, fromMs: Date.parse(at) }));
    const all = [{ state: own[0]?.from ?? 'healthy', fromMs }, ...starts];
    const segments = all.map((start, index) => ({ ...start, toMs: all[index + 1]?.fromMs ?? toMs }));
    return { capability, segments: segments.filter((segment) => segment.toMs > segment.fromMs) };
  });
};

/** Where an instant lies in the span: 0 is its beginning, 1 its end. */
export const placeIn = ({ fromMs, toMs }: Span, atMs: number): number => (atMs - fromMs) / (toMs - fromMs);

/** The chart that spoke loudest: its statistic, held against its limit for `down` (else for `degraded`). */
export const loudest = ({
  statistic,
  thresholds,
}: {
  readonly statistic: Readonly<Record<string, unknown>>;
  readonly thresholds: Readonly<Record<string, unknown>>;
}): { readonly chart: string; readonly value: number; readonly limit: number } | undefined => {
  const heard = Object.entries(thresholds).flatMap(([chart, limits]) => {
    const value = statistic[chart];
    const limit = limitOf(limits);
    return typeof value === 'number' && value > 0 && limit !== undefined ? [{ chart, value, limit }] : [];
  });
  return heard.sort((a, b) => b.value / b.limit - a.value / a.limit)[0];
};

const limitOf = (limits: unknown): number | undefined => {
  if (typeof limits !== 'object' || limits === null) return undefined;
  const { downAt, degradedAt } = limits as { readonly downAt?: unknown; readonly degradedAt?: unknown };
  return [downAt, degradedAt].find((limit): limit is number => typeof limit === 'number' && limit > 0);
};
