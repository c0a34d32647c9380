import type { ValidationDto } from '../api/generated/types.gen.ts';

export type WayOutDto = ValidationDto['waysOut'][number];

/** What becomes of a post on one account while its platform is down. */
export interface Exit {
  readonly accountId: string;
  /** `goes`: to `to`; `stranded`: nobody can take it; `waits`, `tries`: its route says so. */
  readonly kind: 'goes' | 'stranded' | 'waits' | 'tries';
  readonly to?: string;
  /** Why fallbacks that come before, or all, cannot; in the server's words. */
  readonly why: readonly string[];
  /** Whether the route names anybody. */
  readonly hasFallbacks: boolean;
}

/** The best fallback that can take the post, or why none can. */
export const exitOf = ({ accountId, onDown, fallbacks }: WayOutDto): Exit => {
  const first = fallbacks.findIndex(({ fault }) => !fault);
  const before = first === -1 ? fallbacks : fallbacks.slice(0, first);
  const why = before.flatMap(({ message }) => message ?? []);
  const exit = { accountId, why, hasFallbacks: fallbacks.length > 0 };
  if (onDown === 'publish') return { ...exit, kind: 'tries', why: [] };
  if (onDown === 'hold') return { ...exit, kind: 'waits', why: [] };
  const to = fallbacks[first]?.accountId;
  return to === undefined ? { ...exit, kind: 'stranded' } : { ...exit, kind: 'goes', to };
};
