import type { Change, Family } from './change.js';
import type { Gathered } from './gather.js';
import { headline, incidentMessage } from './incident-words.js';
import { links, type Message, messageOf, type Wording } from './message.js';
import { clockOf, timeOf } from './told-time.js';

/** What a message says: what happened, since when, what Perennial does now, what the person should do. */
export const wordsOf = (gathered: Gathered, wording: Wording): Message => WRITERS[gathered.family](gathered, wording);

/** One line of a digest. */
export const lineOf = (gathered: Gathered, wording: Wording): readonly string[] =>
  gathered.family === 'incident'
    ? gathered.changes.map(
        (change) => `${clockOf(change.at, wording.zone)}: ${headline(change, wording)}${began(change, wording)}`,
      )
    : [`${clockOf(gathered.lastAt, wording.zone)}: ${wordsOf(gathered, wording).subject}`];

type Writer = (gathered: Gathered, wording: Wording) => Message;

const decisions: Writer = (gathered, wording) => {
  const { count, byPlatform, workspaceIds, changes, firstAt } = gathered;
  const where = Object.entries(byPlatform).map(([platform, posts]) => `${posts} on ${wording.nameOf(platform)}`);
  const whose = workspaceIds.length > 1 ? ` They belong to ${workspaceIds.length} workspaces.` : '';
  const isOne = count === 1;
  const [only] = changes;
  return messageOf(
    isOne ? '1 post needs your decision' : `${count} posts need your decision`,
    [
      `We could not find out whether ${isOne ? 'a post is' : `${count} posts are`} live${where.length > 0 ? `: ${where.join(', ')}` : ''} (since ${timeOf(firstAt, wording.zone)}).${whose}`,
      `Perennial now: keeps looking, and sends ${isOne ? 'it' : 'none of them'} again by itself, so that nothing is posted twice.`,
      `You: look on the platform, then say ${isOne ? '' : 'for each '}whether it is there:`,
    ],
    isOne && only ? links.target(wording.publicUrl, only.subject) : links.decisions(wording.publicUrl),
  );
};

const accounts: Writer = (gathered, wording) => {
  const { count, changes, kinds } = gathered;
  const [only] = changes;
  const isLost = kinds.includes('account.needs_reconnect');
  const url = count === 1 && only ? links.account(wording.publicUrl, only.subject) : links.accounts(wording.publicUrl);
  return messageOf(
    count === 1 && only ? accountLine(only, wording) : `${count} accounts are not connected any more`,
    [
      ...(count === 1 && only
        ? [`${accountLine(only, wording)} (${timeOf(only.at, wording.zone)}).`]
        : [changes.map((change) => accountLine(change, wording)).join('\n') + moreThan(gathered)]),
      'Perennial now: publishes nothing there. What is due waits or goes to other accounts, as your routes say.',
      isLost ? 'You: connect it again:' : 'You: if this was not meant, connect it again:',
    ],
    url,
  );
};

const accountLine = ({ kind, platform = '', words = 'an account' }: Change, { nameOf }: Wording): string =>
  kind === 'account.needs_reconnect'
    ? `${nameOf(platform)} refuses the sign-in of ${words}`
    : `${words} on ${nameOf(platform)} was disconnected`;

const drills: Writer = ({ count, changes }, { publicUrl }) => {
  const [only] = changes;
  return messageOf(
    count === 1 ? 'A drill has finished' : `${count} drills have finished`,
    [
      changes.map(({ words = 'It has no result to tell.' }) => words).join('\n'),
      'Perennial now: nothing. It was a rehearsal; no post was touched.',
      'You: read the report, and close the gaps that it found:',
    ],
    count === 1 && only ? links.drill(publicUrl, only.subject) : links.drills(publicUrl),
  );
};

const radar: Writer = (gathered, { publicUrl }) => {
  const { count, changes } = gathered;
  const [only] = changes;
  const lines = changes.map(({ words = '', url }) => (url === undefined ? words : `${words} ${url}`));
  return messageOf(
    count === 1 ? `Radar: ${only?.words ?? ''}` : `Radar: ${count} signs of trouble outside`,
    [
      lines.join('\n') + moreThan(gathered),
      'Perennial now: looks closer. A hint from outside alone moves no post.',
      'You: nothing, unless you know more:',
    ],
    links.radar(publicUrl),
  );
};

const WRITERS: Readonly<Record<Family, Writer>> = {
  incident: incidentMessage,
  post: decisions,
  account: accounts,
  drill: drills,
  radar,
};

const moreThan = ({ count, changes }: Gathered): string =>
  count > changes.length ? `\nand ${count - changes.length} more` : '';

const began = ({ state, since }: Change, { zone }: Wording): string =>
  state === 'healthy' && since !== undefined ? ` (in trouble since ${clockOf(since, zone)})` : '';
