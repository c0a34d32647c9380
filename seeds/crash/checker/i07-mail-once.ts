import { type History, ROUNDING_MS, type Violation } from './rows.ts';

/** I7: a subscriber gets a broadcast at most once, and none after leaving. */
export const mailOnce = ({ mails, recipients, left }: History): readonly Violation[] => {
  const subjects = new Map(recipients.map(({ subject, broadcastId }) => [subject, broadcastId]));
  const ours = mails.filter(({ subject }) => subjects.has(subject));
  const byPerson = Map.groupBy(ours, ({ to, subject }) => `${subjects.get(subject)}|${to}`);
  const leftAt = new Map(left.map(({ email, at }) => [email, at]));
  return [
    ...[...byPerson]
      .filter(([, received]) => received.length > 1)
      .map(([key, received]) => ({
        invariant: 'I7',
        ids: [key],
        sentence: `One person got one broadcast ${received.length} times.`,
      })),
    ...ours
      .filter(({ to, at }) => at > (leftAt.get(to) ?? Infinity) + ROUNDING_MS)
      .map(({ to, subject }) => ({
        invariant: 'I7',
        ids: [`${subjects.get(subject)}|${to}`],
        sentence: 'Somebody who had left the list got a broadcast.',
      })),
  ];
};
