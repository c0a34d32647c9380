import type pg from 'pg';
import type { Call } from '../demo/clients.ts';
import type { Cell } from './cells.ts';
import type { Staged } from './play.ts';

/** One line of the printed matrix. */
export interface Result extends Omit<Cell, 'prelude'> {
  /** Whether the fault met a call at all; a cell that none met proves nothing. */
  readonly struck: boolean;
  /** Posts that really exist, by the platform's own books. */
  readonly copies: number;
  readonly finalState: string;
  readonly reason: string;
}

interface TargetRow {
  readonly status: string;
  readonly reason: string | null;
}

const TARGETS = `
  select t.account_id as "accountId", t.status, coalesce(t.error_detail, t.hold_reason) as reason
    from target t`;

/** Counts by ground truth and puts our own state beside it. */
export const judge = async (sandbox: Call, db: pg.Client, staged: readonly Staged[]): Promise<readonly Result[]> => {
  const truth = await sandbox<{ platform: string; accountExternalId: string }[]>('GET', 'posts');
  const faults = await sandbox<{ id: string; hits: number }[]>('GET', 'faults');
  const struckIds = new Set(faults.filter(({ hits }) => hits > 0).map(({ id }) => id));
  const { rows } = await db.query<TargetRow & { accountId: string }>(TARGETS);
  const targets = Map.groupBy(rows, ({ accountId }) => accountId);
  return staged.map(({ cell: { platform, step, fault, killed }, externalId, accountId, faultId }) => {
    const copies = truth.filter((post) => post.platform === platform && post.accountExternalId === externalId).length;
    const [target] = targets.get(accountId) ?? [];
    const finalState = target?.status ?? 'lost';
    const struck = struckIds.has(faultId);
    return { platform, step, fault, killed, struck, copies, finalState, reason: target?.reason ?? '' };
  });
};

/** At least this share of cells ends with its one post (issue bar; one fault at a time leaves every platform reachable). */
const LEAST_SHARE = 0.9;

/** What is wrong with a cell, or undefined. */
export const faultOf = ({ copies, finalState, reason, struck }: Result): string | undefined => {
  if (!struck) return 'the fault met no call';
  if (copies > 1) return 'more than one copy';
  if (copies === 1 && finalState !== 'published' && finalState !== 'needs_decision')
    return 'live, and we say otherwise';
  if (copies === 0 && finalState !== 'needs_decision') return 'not live, and nobody is asked';
  if (finalState === 'needs_decision' && reason === '') return 'a decision without a reason';
  return undefined;
};

export const summary = (results: readonly Result[]) => {
  const single = results.filter(({ copies }) => copies === 1).length;
  const share = results.length === 0 ? 0 : Math.round((single / results.length) * 1_000) / 1_000;
  const doubles = results.filter(({ copies }) => copies > 1).length;
  const broken = results.filter((result) => faultOf(result) !== undefined).length;
  return { total: results.length, single, share, doubles, broken, ok: broken === 0 && share >= LEAST_SHARE };
};
