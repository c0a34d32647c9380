import type { CreateRouteDto, RouteDto, RoutePolicyDto } from '../api/generated/types.gen.ts';

const MINUTE = 60;
const HOUR = 3_600;

/** A route as the form shows it: spans in minutes and hours, "none" as an empty field. */
export interface RouteDraft {
  scope: CreateRouteDto['scope'];
  scopeId: string;
  platform: NonNullable<CreateRouteDto['platform']>;
  onDown: NonNullable<RoutePolicyDto['onDown']>;
  onDegraded: NonNullable<RoutePolicyDto['onDegraded']>;
  onUnknown: NonNullable<RoutePolicyDto['onUnknown']>;
  onAccountTrouble: NonNullable<RoutePolicyDto['onAccountTrouble']>;
  holdMinutes: number | string;
  staleHours: number | string;
  broadcastMinutes: number | string;
  failback: NonNullable<RoutePolicyDto['failback']>;
  removeLate: boolean;
  announce: string[];
  maxExtraPerDay: number | string;
  fallbacks: readonly string[];
}

const NEW: RouteDraft = {
  scope: 'workspace',
  scopeId: '',
  platform: '*',
  onDown: 'reroute',
  onDegraded: 'publish',
  onUnknown: 'wait',
  onAccountTrouble: 'reroute',
  holdMinutes: 30,
  staleHours: 48,
  broadcastMinutes: '',
  failback: 'catch_up',
  removeLate: false,
  announce: [],
  maxExtraPerDay: '',
  fallbacks: [],
};

export const draftOf = (route: RouteDto | undefined): RouteDraft =>
  route === undefined
    ? NEW
    : {
        ...route,
        scopeId: route.scopeId ?? '',
        platform: route.platform as RouteDraft['platform'],
        holdMinutes: route.holdForSeconds / MINUTE,
        staleHours: route.staleAfterSeconds / HOUR,
        broadcastMinutes: route.broadcastAfterSeconds === undefined ? '' : route.broadcastAfterSeconds / MINUTE,
        maxExtraPerDay: route.maxExtraPerDay ?? '',
      };

const secondsOf = (value: number | string, unit: number): number => Math.round(Number(value) * unit);
const orNull = (value: number | string, unit = 1): number | null => (value === '' ? null : secondsOf(value, unit));

export const policyOf = (draft: RouteDraft): RoutePolicyDto => ({
  onDown: draft.onDown,
  onDegraded: draft.onDegraded,
  onUnknown: draft.onUnknown,
  onAccountTrouble: draft.onAccountTrouble,
  holdForSeconds: secondsOf(draft.holdMinutes, MINUTE),
  staleAfterSeconds: secondsOf(draft.staleHours, HOUR),
  broadcastAfterSeconds: orNull(draft.broadcastMinutes, MINUTE),
  failback: draft.failback,
  removeLate: draft.removeLate,
  announce: draft.announce,
  maxExtraPerDay: orNull(draft.maxExtraPerDay),
  fallbacks: [...draft.fallbacks],
});

export const newRouteOf = (draft: RouteDraft): CreateRouteDto => ({
  ...policyOf(draft),
  scope: draft.scope,
  platform: draft.platform,
  ...(draft.scope === 'workspace' ? {} : { scopeId: draft.scopeId.trim() }),
});

/** The list with the item at `from` put to `to`; unchanged when either is outside of it. */
export const reordered = <Item>(items: readonly Item[], from: number, to: number): Item[] => {
  const [moved, ...none] = items.slice(from, from + 1);
  if (moved === undefined || none.length > 0 || from < 0 || to < 0 || to >= items.length) return [...items];
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
};
