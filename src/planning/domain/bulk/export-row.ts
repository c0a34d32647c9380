import type { TargetSummary } from '../../../publishing/domain/targets/target-summary.js';
import type { PostView } from '../post-view.js';
import { OWN_COLUMNS, SHOWN_COLUMNS } from './layouts/perennial.layout.js';

/** The header of an export: what our own layout reads, and what only people read. */
export const EXPORT_HEADER: readonly string[] = [...OWN_COLUMNS, ...SHOWN_COLUMNS];

/** A post as a row of our own layout; reading it back gives the same request. */
export const exportRow = (view: PostView): string[] => {
  const { post, status, targets } = view;
  const run = latestRun(targets);
  const [first] = run;
  const cells: Record<(typeof OWN_COLUMNS)[number] | (typeof SHOWN_COLUMNS)[number], string> = {
    postId: post.id,
    kind: post.kind,
    caption: post.caption,
    title: post.title ?? '',
    tags: listed(post.tags),
    mediaId: post.media.id,
    mediaUrl: '',
    accounts: run.map((target) => accountOf(target, first)).join('|'),
    scheduledAt: first ? timeOf(first, first.zone) : '',
    timezone: first?.zone ?? '',
    options: json(post.options),
    variants: json(post.variants),
    recycling: json(post.recycling ?? {}),
    status,
    createdAt: post.createdAt.toISOString(),
  };
  return EXPORT_HEADER.map((column) => cells[column as keyof typeof cells]);
};

/** Where the post goes: what its latest run was planned on; what stood in for another account comes from routes. */
const latestRun = (targets: readonly TargetSummary[]): readonly TargetSummary[] => {
  const origins = targets.filter(({ role, status }) => role === 'origin' && status !== 'cancelled');
  const latest = origins
    .map(({ occurrenceId }) => occurrenceId)
    .sort()
    .at(-1);
  return origins.filter(({ occurrenceId }) => occurrenceId === latest);
};

/** Wall time in the zone it was meant in; an instant where the row's zone is another, or the time was spread. */
const timeOf = ({ plannedAt, scheduledAt, localTime, zone }: TargetSummary, rowZone: string): string =>
  plannedAt !== undefined || zone !== rowZone ? (plannedAt ?? scheduledAt).toISOString() : localTime;

const accountOf = (target: TargetSummary, first: TargetSummary | undefined): string => {
  const time = timeOf(target, first?.zone ?? target.zone);
  return first && time === timeOf(first, first.zone) ? target.accountId : `${target.accountId}@${time}`;
};

const listed = (tags: readonly string[]): string =>
  tags.some((tag) => tag.includes('|') || tag.startsWith('[')) ? JSON.stringify(tags) : tags.join('|');

const json = (value: object): string => (Object.keys(value).length === 0 ? '' : JSON.stringify(value));
