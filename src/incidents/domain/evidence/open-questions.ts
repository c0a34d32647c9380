import type { EvidenceHead } from './evidence.js';
import type { ReachRow } from './expected-reach.js';
import { counted } from './plural.js';

const ask = (isOpen: boolean, question: string): readonly string[] => (isOpen ? [question] : []);

/** What the numbers cannot answer; each only where it is open. */
export const openQuestions = ({ incident, impact }: EvidenceHead, reach: readonly ReachRow[]): readonly string[] => {
  const { targets, decisions, elsewhere } = impact;
  const [missed, failed, unconfirmed] = [targets.missed ?? 0, targets.failed ?? 0, targets.unconfirmed ?? 0];
  const undecided = targets.needs_decision ?? 0;
  const waiting = (targets.held ?? 0) + (targets.scheduled ?? 0) + (targets.publishing ?? 0);
  const planned = elsewhere.reduce((sum, to) => sum + to.planned, 0);
  const live = elsewhere.reduce((sum, to) => sum + to.live, 0);
  const unknown = reach.filter(({ expected }) => expected.kind === 'not_enough_history');
  const strangers = new Set(unknown.map(({ accountId }) => accountId)).size;
  return [
    'What was the cause on the platform’s side, and did it say so?',
    ...ask(incident.closedAt === undefined, 'When does it end? The incident is still open.'),
    ...ask(
      incident.reopenedCount > 0,
      `It came back ${counted(incident.reopenedCount, 'time')}: did we return too early?`,
    ),
    ...ask(impact.firstBadAt === undefined, 'When did it really begin? The first observations are gone.'),
    ...ask(unconfirmed > 0, `${counted(unconfirmed, 'target is', 'targets are')} unconfirmed: what is really live?`),
    ...ask(undecided > 0, `${counted(undecided, 'target waits', 'targets wait')} for a person’s word.`),
    ...ask(waiting > 0, `${counted(waiting, 'target still waits', 'targets still wait')}: here, or elsewhere?`),
    ...ask(missed > 0, `${counted(missed, 'target was', 'targets were')} missed: which fallback would have helped?`),
    ...ask(failed > 0, `${counted(failed, 'target')} failed: was it the platform or the post?`),
    ...ask(
      impact.duplicateCount > 0,
      `${counted(impact.duplicateCount, 'second copy is', 'second copies are')} live: which one stays?`,
    ),
    ...ask(
      (decisions['post.held'] ?? 0) > 0 && planned === 0,
      'Posts were held and nothing went elsewhere: is a fallback missing, or is holding what we want?',
    ),
    ...ask(planned > live, `${counted(planned - live, 'replacement is', 'replacements are')} not live: why?`),
    ...ask(impact.toldCount === 0, 'The backup list was not told: should it have been?'),
    ...ask(
      strangers > 0,
      `${counted(strangers, 'account has', 'accounts have')} too little history to say what reach was lost.`,
    ),
  ];
};
