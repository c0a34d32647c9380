import { type Change, type Family, familyOf, type NotificationKind, type Severity, worstOf } from './change.js';

/** Changes that are told in one message. It is kept as JSON. */
export interface Gathered {
  readonly family: Family;
  readonly severity: Severity;
  readonly kinds: readonly NotificationKind[];
  /** How many things changed, however few are listed. */
  readonly count: number;
  readonly byPlatform: Readonly<Record<string, number>>;
  /** Whose they are, at most `MAX_WORKSPACES`. */
  readonly workspaceIds: readonly string[];
  /** The newest change of each thing, oldest first, at most `MAX_LISTED`. */
  readonly changes: readonly Change[];
  readonly firstAt: string;
  readonly lastAt: string;
}

/** Things a message lists; of more it says the number. */
export const MAX_LISTED = 10;
const MAX_WORKSPACES = 100;

/**
 * The grouping rule: changes of one family that come within its window are one message, however many things they
 * concern. A later change of the same thing replaces the earlier one, and counts once.
 */
export const gather = (open: Gathered | undefined, changes: readonly [Change, ...Change[]]): Gathered =>
  changes.reduce<Gathered>(add, open ?? emptyOf(changes[0]));

const emptyOf = (first: Change): Gathered => ({
  family: familyOf(first.kind),
  severity: 'info',
  kinds: [],
  count: 0,
  byPlatform: {},
  workspaceIds: [],
  changes: [],
  firstAt: first.at,
  lastAt: first.at,
});

const add = (open: Gathered, change: Change): Gathered => {
  const earlier = open.changes.find(({ subject }) => subject === change.subject);
  const others = open.changes.filter((one) => one !== earlier);
  const changes = [...others, withBeginning(change, earlier)].slice(0, MAX_LISTED);
  const { platform, workspaceId } = change;
  const isNew = earlier === undefined;
  return {
    family: open.family,
    severity: worstOf([open.severity, change.severity]),
    kinds: [...new Set([...open.kinds, change.kind])],
    count: open.count + (isNew ? 1 : 0),
    byPlatform:
      isNew && platform !== undefined
        ? { ...open.byPlatform, [platform]: (open.byPlatform[platform] ?? 0) + 1 }
        : open.byPlatform,
    workspaceIds: workspaceId === null ? open.workspaceIds : withWorkspace(open.workspaceIds, workspaceId),
    changes,
    firstAt: change.at < open.firstAt ? change.at : open.firstAt,
    lastAt: change.at > open.lastAt ? change.at : open.lastAt,
  };
};

/** What opened and got worse in one message has only opened, and worse than it began. */
const withBeginning = (change: Change, earlier: Change | undefined): Change =>
  earlier?.kind === 'incident.opened' && change.kind === 'incident.worse'
    ? { ...change, kind: 'incident.opened', since: earlier.at }
    : change;

const withWorkspace = (known: readonly string[], id: string): readonly string[] =>
  known.includes(id) || known.length >= MAX_WORKSPACES ? known : [...known, id];
