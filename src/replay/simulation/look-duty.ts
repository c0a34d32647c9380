import { plusMs } from '../../kernel/durations.js';
import { CREATED_SLACK_MS, matchCandidates } from '../../platforms/domain/caption-matching.js';
import type { FoundPost } from '../../platforms/domain/publish-outcome.js';
import { type Look, mayBeSiblings, ofNoUse, weighLook } from '../../publishing/domain/reconcile/look.policy.js';
import type { Sighting } from '../../publishing/domain/reconcile/reconcile.policy.js';
import type { MemoryAttempt, MemoryTarget } from '../domain/memory-tables.js';
import { PROFILES } from './platform-profiles.js';
import { call, db, type SimulatedWorker, type Work } from './process.js';
import { settle } from './settle-duty.js';
import { START } from './start.js';
import type { World } from './world.js';

const BATCH = 50;
const NO_HANDLE: Sighting = { kind: 'unavailable', detail: 'No handle to ask with.' };

interface CheckDue {
  readonly target: MemoryTarget;
  readonly attempt: MemoryAttempt;
}

/** Asks platforms what became of accepted and doubtful targets; only reads. */
export function* reconcile(world: World, worker: SimulatedWorker): Work {
  const due = yield* db('claim looks', () => claim(world));
  for (const item of due) world.spawn(worker, `look ${item.target.id}`, look(world, worker, item));
}

const claim = (world: World): readonly CheckDue[] =>
  world.tables.run(() => {
    const now = world.now();
    const due = [...world.tables.targets.values()]
      .filter(({ nextCheckAt }) => nextCheckAt !== undefined && nextCheckAt <= now)
      .slice(0, BATCH);
    return due.flatMap(({ id }) => {
      world.journal.leaseLook(id);
      const target = world.journal.load(id);
      const attempt = world.journal.openOf(id) ?? world.tables.attemptsOn(id).at(-1);
      return target && attempt ? [{ target, attempt }] : [];
    });
  });

function* look(world: World, worker: SimulatedWorker, item: CheckDue): Work {
  const seen = yield* sight(world, item);
  const { target, attempt } = item;
  const event = { kind: 'looked', look: seen } as const;
  yield* settle(world, worker, { targetId: target.id, attemptId: attempt.id, actor: 'reconciler', event });
}

function* sight(world: World, { target, attempt }: CheckDue): Work<Look> {
  const account = world.accounts.simulatedAccount(target.accountId);
  const profile = PROFILES[account.platform];
  const rule = world.bugs.noHold ? { ...profile.rule, holdSeconds: 0 } : profile.rule;
  const resume = attempt.resume;
  if (!resume) return { sighting: NO_HANDLE, rule };
  const readHealthy =
    world.bugs.trustSickReads || world.health.readState(account.platform, account.region) === 'healthy';
  const way = () => ({ thereMs: world.random.int(5, 500), backMs: world.random.int(5, 3_000) });
  const checked = yield* call('check', way(), () => world.platforms.check(account, resume.handle, world.nowMs));
  if (checked.kind !== 'inconclusive' && checked.kind !== 'absent') return { sighting: checked, rule };
  const committedAt = attempt.commitStartedAt ?? attempt.createdAt;
  const sinceMs = committedAt.getTime() - START.getTime() - CREATED_SLACK_MS;
  const found = yield* call('find', way(), () => world.platforms.find(account, sinceMs, world.nowMs));
  if (found.kind === 'unsupported') return { sighting: weighLook(checked, 'unsupported', rule), rule, readHealthy };
  if (found.kind !== 'listed') return { sighting: weighLook(checked, found, rule), rule, readHealthy };
  const takenIds = yield* db('owned ids', () => ownedIds(world, target));
  const { caption, media } = target.content;
  const wanted = { caption, durationMs: media.durationMs, marker: target.id, committedAt, takenIds };
  const sighting = weighLook(checked, sightingOf(matchCandidates(found.posts, wanted)), rule);
  const look: Look = { sighting, rule, readHealthy, byList: true };
  if (!mayBeSiblings(look)) return look;
  return (yield* db('doubtful sibling', () => hasDoubtfulSibling(world, target, committedAt))) ? ofNoUse(look) : look;
}

const hasDoubtfulSibling = (world: World, { id, postId, accountId }: MemoryTarget, since: Date): boolean =>
  [...world.tables.targets.values()].some(
    (row) =>
      row.id !== id &&
      row.postId === postId &&
      row.accountId === accountId &&
      (world.journal.openOf(row.id) !== undefined ||
        (row.status === 'published' &&
          !row.platformPostId &&
          (row.publishedAt ?? since) >= plusMs(since, -CREATED_SLACK_MS))),
  );

const ownedIds = (world: World, { accountId, id }: MemoryTarget): ReadonlySet<string> =>
  new Set(
    [...world.tables.targets.values()].flatMap((row) =>
      row.accountId === accountId && row.id !== id && row.platformPostId ? [row.platformPostId] : [],
    ),
  );

const sightingOf = (candidates: readonly FoundPost[]): Sighting => {
  const [only, ...more] = candidates;
  if (!only) return { kind: 'absent' };
  if (more.length > 0) return { kind: 'ambiguous', candidates: candidates.map((post) => post.platformPostId) };
  return { kind: 'published', platformPostId: only.platformPostId, publishedAt: only.createdAt };
};
