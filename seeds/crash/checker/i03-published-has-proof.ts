import type { Linked } from './linked.ts';
import type { History, Violation } from './rows.ts';

/** I3: `published` carries the platform's id or handle, and the platform has it; what is live is called so. */
export const publishedHasProof = ({ targets }: History, linked: readonly Linked[]): readonly Violation[] => {
  const live = new Set(linked.map(({ target }) => target?.id));
  return targets.flatMap(({ id, status, platformPostId, platformHandle }) => {
    const tell = (sentence: string): Violation[] => [{ invariant: 'I3', ids: [id], sentence }];
    if (status === 'published' && platformPostId === null && platformHandle === null)
      return tell('It is published without an id or a handle.');
    if (status === 'published' && !live.has(id))
      return tell('It is called published, and the platform has no such post.');
    if (live.has(id) && !['published', 'unconfirmed', 'publishing', 'needs_decision'].includes(status))
      return tell(`The platform has its post, and we say ${status}.`);
    return [];
  });
};
