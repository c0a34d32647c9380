import type { Change } from './change.js';
import type { Gathered } from './gather.js';
import { links, type Message, messageOf, type Wording } from './message.js';
import { spanOf, timeOf } from './told-time.js';

const NOW = {
  down: 'Perennial now: sends nothing there but a trial from time to time. What is due waits or goes to other accounts, as your routes say, and nothing is sent twice.',
  degraded: 'Perennial now: goes on with care, as your routes for a degraded platform say, and nothing is sent twice.',
  healthy: 'Perennial now: publishes there again. What waited follows at a gentle pace.',
};

const YOU = {
  bad: 'You: nothing must be done at once. See where your posts go:',
  healthy: 'You: see how it went, and whether a post needs your decision:',
};

/** `TikTok (us)`. */
export const placeOf = ({ platform = '', region }: Change, { nameOf }: Wording): string =>
  region === undefined ? nameOf(platform) : `${nameOf(platform)} (${region})`;

/** The message about incidents. */
export const incidentMessage = (gathered: Gathered, wording: Wording): Message => {
  const { changes } = gathered;
  const [only] = changes;
  const worst = ['down', 'degraded', 'healthy'].find((state) => changes.some((one) => one.state === state));
  const state = worst === 'down' || worst === 'degraded' ? worst : 'healthy';
  const url =
    changes.length === 1 ? links.incident(wording.publicUrl, only?.incidentId) : links.incidents(wording.publicUrl);
  const you = state === 'healthy' ? YOU.healthy : YOU.bad;
  return messageOf(
    changes.map((change) => headline(change, wording)).join('; '),
    [...changes.map((change) => story(change, wording)), NOW[state], you],
    url,
  );
};

/** `TikTok (us) is down`. */
export const headline = (change: Change, wording: Wording): string => {
  const place = placeOf(change, wording);
  if (change.state === 'healthy') return `${place} is healthy again`;
  if (change.kind === 'incident.worse') return `${place} got worse and is down`;
  return change.state === 'down' ? `${place} is down` : `${place} is in trouble`;
};

const story = (change: Change, wording: Wording): string => {
  const { at, since, words } = change;
  const place = placeOf(change, wording);
  if (change.state === 'healthy')
    return `${place} has been healthy again since ${timeOf(at, wording.zone)}.${lasted(change)}`;
  const how = change.state === 'down' ? 'has been down' : 'has failed more often than usual';
  const began = since === undefined ? '' : ` The trouble began ${timeOf(since, wording.zone)}.`;
  const seen = words === undefined ? '' : `\nWhat we saw: ${words}`;
  return `${place} ${how} since ${timeOf(at, wording.zone)}.${began}${seen}`;
};

const lasted = ({ at, since }: Change): string =>
  since === undefined ? '' : ` It was in trouble for ${spanOf(Date.parse(at) - Date.parse(since))}.`;
