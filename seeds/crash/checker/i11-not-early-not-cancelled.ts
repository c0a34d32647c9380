import type { Linked } from './linked.ts';
import { type History, ROUNDING_MS, type Violation } from './rows.ts';

/** I11: nothing is sent before its time or after an acknowledged cancel; acknowledged new words are the ones sent. */
export const notEarlyNotCancelled = (history: History, linked: readonly Linked[]): readonly Violation[] => [
  ...early(history, linked),
  ...afterCancel(history, linked),
  ...oldWords(history, linked),
];

const early = ({ targets, attempts }: History, linked: readonly Linked[]): readonly Violation[] => {
  const scheduledAt = new Map(targets.map((row) => [row.id, row.scheduledAt]));
  const sent = [
    ...attempts.map(({ targetId, commitStartedAt }) => ({ targetId, at: commitStartedAt })),
    ...linked.map(({ target, post }) => ({ targetId: target?.id ?? '', at: post.createdAt })),
  ];
  return sent.flatMap(({ targetId, at }) => {
    const dueAt = scheduledAt.get(targetId);
    if (at === null || dueAt === undefined || at >= dueAt - ROUNDING_MS) return [];
    return [
      { invariant: 'I11', ids: [targetId], sentence: `It was sent ${Math.round(dueAt - at)} ms before its time.` },
    ];
  });
};

const afterCancel = ({ targets, events, cancels }: History, linked: readonly Linked[]): readonly Violation[] => {
  const acknowledged = new Set([
    ...cancels.map(({ targetId }) => targetId),
    ...events.filter(({ to }) => to === 'cancelled').map(({ targetId }) => targetId),
  ]);
  const status = new Map(targets.map((row) => [row.id, row.status]));
  const live = linked
    .filter(({ target }) => target && acknowledged.has(target.id))
    .map(({ target }) => ({
      invariant: 'I11',
      ids: [target?.id ?? ''],
      sentence: 'Its cancel was acknowledged, and it is live all the same.',
    }));
  const revived = cancels
    .filter(({ targetId }) => status.get(targetId) !== 'cancelled')
    .map(({ targetId }) => ({
      invariant: 'I11',
      ids: [targetId],
      sentence: `Its cancel was acknowledged, and it is ${status.get(targetId) ?? 'gone'}.`,
    }));
  return [...live, ...revived];
};

const oldWords = ({ edits }: History, linked: readonly Linked[]): readonly Violation[] => {
  const words = new Map(edits.map(({ targetId, caption }) => [targetId, caption]));
  return linked.flatMap(({ target, post }) => {
    const wanted = target && words.get(target.id);
    if (wanted === undefined || post.caption.includes(wanted)) return [];
    return [
      {
        invariant: 'I11',
        ids: [target?.id ?? ''],
        sentence: `New words were acknowledged, and the old ones are live ("${post.caption.slice(0, 40)}").`,
      },
    ];
  });
};
