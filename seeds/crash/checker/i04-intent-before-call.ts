import type { Linked } from './linked.ts';
import { type AttemptRow, type History, ROUNDING_MS, type TruthCall, type Violation } from './rows.ts';

/** The one irreversible call of each platform, by the sandbox's names. */
const COMMIT_STEPS: Readonly<Record<string, string>> = {
  tiktok: 'upload',
  reels: 'publish',
  shorts: 'upload',
  skylight: 'put',
  telegram: 'send',
};

/** I4: no irreversible call without an older committed intent, and none that the journal does not know. */
export const intentBeforeCall = (history: History, linked: readonly Linked[]): readonly Violation[] => [
  ...postsWithoutIntent(history, linked),
  ...callsWithoutAttempt(history),
];

const intentsOf = ({ intents }: History) =>
  new Map(
    intents
      .filter(({ takenBy }) => takenBy === 'publish')
      .map(({ targetId, version, fence, at }) => [`${targetId}|${version}|${fence}`, at]),
  );

const keyOf = ({ targetId, version, fence }: AttemptRow): string => `${targetId}|${version}|${fence}`;

const postsWithoutIntent = (history: History, linked: readonly Linked[]): readonly Violation[] => {
  const intents = intentsOf(history);
  return linked.flatMap(({ post, attempt, target }) => {
    if (!target) return [];
    const intentAt = attempt && intents.get(keyOf(attempt));
    if (intentAt !== undefined && intentAt <= post.createdAt + ROUNDING_MS) return [];
    const why =
      intentAt === undefined ? 'without any intent' : `${Math.round(intentAt - post.createdAt)} ms before its intent`;
    return [{ invariant: 'I4', ids: [target.id, post.handle], sentence: `${post.platform} took the post ${why}.` }];
  });
};

/** Every irreversible request needs a try of its own, whose call had begun and might still run. */
const callsWithoutAttempt = (history: History): readonly Violation[] => {
  const intents = intentsOf(history);
  const externalIds = new Map(
    history.accounts.map(({ id, platform, externalId }) => [id, `${platform}|${externalId}`]),
  );
  const begun = history.attempts.filter(({ commitStartedAt }) => commitStartedAt !== null);
  const attemptsOf = Map.groupBy(begun, ({ accountId }) => externalIds.get(accountId));
  const commits = history.calls.filter(({ platform, step }) => COMMIT_STEPS[platform] === step);
  const callsOf = Map.groupBy(commits, ({ platform, accountExternalId }) => `${platform}|${accountExternalId}`);
  return [...callsOf].flatMap(([account, calls]) => {
    const free = (attemptsOf.get(account) ?? []).toSorted(byDeadline);
    return calls
      .toSorted((a, b) => a.at - b.at)
      .filter((call) => !take(free, call, intents))
      .map((call) => ({
        invariant: 'I4',
        ids: [account],
        sentence: `A call (${call.step}) at ${new Date(call.at).toISOString()} has no try with an older intent.`,
      }));
  });
};

const byDeadline = (a: AttemptRow, b: AttemptRow): number => (a.callDeadlineAt ?? 0) - (b.callDeadlineAt ?? 0);

/** Takes the try that ends first among those that explain the call. */
const take = (free: AttemptRow[], { at }: TruthCall, intents: ReadonlyMap<string, number>): boolean => {
  const index = free.findIndex((attempt) => {
    const intentAt = intents.get(keyOf(attempt)) ?? Infinity;
    const began = attempt.commitStartedAt ?? Infinity;
    return intentAt <= at + ROUNDING_MS && began <= at + ROUNDING_MS;
  });
  if (index < 0) return false;
  free.splice(index, 1);
  return true;
};
