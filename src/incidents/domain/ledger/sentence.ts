import { platformTitle } from '../../../platforms/domain/platform-title.js';

type Payload = Readonly<Record<string, unknown>>;

const text = (value: unknown, otherwise = ''): string => (typeof value === 'string' ? value : otherwise);

const platformOf = ({ platform }: Payload): string => platformTitle(text(platform, 'the platform'));

const errorOf = ({ error }: Payload): string => {
  const { category, outcome } = (error ?? {}) as Payload;
  return typeof category === 'string' ? `: ${category}, outcome ${text(outcome, 'unknown')}` : '';
};

const holdOf = ({ holdReason, holdUntil }: Payload): string =>
  `${typeof holdUntil === 'string' ? ` until ${holdUntil}` : ''}${typeof holdReason === 'string' ? `: ${holdReason}` : ''}`;

const carrierOf = ({ replacement }: Payload): string => {
  const { platform } = (replacement ?? {}) as Payload;
  return typeof platform === 'string' ? ` to ${platformTitle(platform)}` : ' elsewhere';
};

const pinOf = ({ state, region, reason }: Payload): string =>
  `${text(state)}${typeof region === 'string' ? ` in ${region}` : ' in every region'}: ${text(reason)}`;

const wordsOf = ({ reason }: Payload): string => (typeof reason === 'string' ? `: ${reason}` : '.');

const SENTENCES: Readonly<Record<string, (payload: Payload) => string>> = {
  'post.published': (payload) => `Published on ${platformOf(payload)}.`,
  'post.failed': (payload) => `Failed on ${platformOf(payload)}${errorOf(payload)}.`,
  'post.unconfirmed': (payload) => `Sent to ${platformOf(payload)}; nobody knows yet whether it is live.`,
  'post.needs_decision': (payload) => `A person must say whether it is live on ${platformOf(payload)}.`,
  'post.reconciled': (payload) => `Found live on ${platformOf(payload)} after a doubt.`,
  'post.rerouted': (payload) => `Rerouted from ${platformOf(payload)}${carrierOf(payload)}.`,
  'post.held': (payload) => `Held on ${platformOf(payload)}${holdOf(payload)}.`,
  'post.missed': (payload) => `Missed on ${platformOf(payload)}: it got too old.`,
  'post.cancelled': (payload) => `Cancelled on ${platformOf(payload)} by a person.`,
  'post.gone': (payload) => `Not public any more on ${platformOf(payload)}.`,
  'post.duplicated': (payload) => `A second copy was found live on ${platformOf(payload)}.`,
  'platform.overridden': (payload) => `${platformOf(payload)} was pinned ${pinOf(payload)}`,
  'platform.override_ended': (payload) => `The pin of ${platformOf(payload)} ended.`,
  'platform.paused': (payload) => `Publishing to ${platformOf(payload)} was paused by hand${wordsOf(payload)}`,
  'platform.resumed': (payload) => `Publishing to ${platformOf(payload)} goes on; a person ended the pause.`,
  'radar.alert': ({ summary }) => text(summary, 'The radar found something out of the ordinary.'),
  'broadcast.sent': ({ kind }) => `The ${text(kind).replace('_', '-')} message has gone out to the backup list.`,
};

/** An event as one sentence. */
export const sentenceOf = (type: string, payload: Payload): string => SENTENCES[type]?.(payload) ?? type;
