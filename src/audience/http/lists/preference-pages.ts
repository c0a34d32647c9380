import { escapeHtml as e } from '../../../kernel/escape-html.js';
import type { Acceptance, Channel, Topic } from '../../domain/lists/channels.js';
import { TOPICS } from '../../domain/lists/channels.js';
import { channelsOf } from '../../domain/lists/preferences.js';
import type { PreferenceRecord } from '../../domain/lists/preferences.port.js';
import { note, page } from './page.js';

const CHANNEL_NAMES: Readonly<Record<Channel, string>> = { email: 'By mail', sms: 'By text message' };
const TOPIC_NAMES: Readonly<Record<Topic, string>> = {
  outages: 'When a platform is down: where to find us, and when it is back',
  news: 'News',
};

const topicBox = (record: PreferenceRecord, channel: Channel, topic: Topic): string => {
  const acceptance: Acceptance = `${channel}:${topic}`;
  const checked = record.accepts.includes(acceptance) ? ' checked' : '';
  return `<label><input type="checkbox" name="accepts" value="${acceptance}"${checked}> ${TOPIC_NAMES[topic]}</label>`;
};

const channelBoxes = (record: PreferenceRecord): string =>
  channelsOf(record)
    .map(
      (channel) => `<fieldset><legend>${CHANNEL_NAMES[channel]}: ${e(addressOn(record, channel))}</legend>
${TOPICS.map((topic) => topicBox(record, channel, topic)).join('\n')}</fieldset>`,
    )
    .join('\n');

/** Mails are forwarded, and the link with them: the address is only hinted at. */
const addressOn = ({ email, phone }: PreferenceRecord, channel: Channel): string =>
  channel === 'email' ? masked(email ?? '') : `…${(phone ?? '').slice(-3)}`;

export const masked = (email: string): string => {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}…${email.slice(Math.max(at, 0))}`;
};

const phoneBox = ({ phone }: PreferenceRecord): string =>
  phone === null ? '' : '<label><input type="checkbox" name="forgetPhone" value="yes"> Forget my phone number</label>';

/** Stands in the page's own form: a POST without it came from no person who saw the boxes, and must not untick them. */
export const CHOSEN_FIELD = 'chosen';

/** What a person gets, with a button. Reading it changes nothing. @param said what became of the last press */
export const preferencePage = (record: PreferenceRecord, said?: string): string =>
  page(
    'What do you want to get?',
    `${said === undefined ? '' : `<p role="status"><strong>${e(said)}</strong></p>`}
<form method="post"><input type="hidden" name="${CHOSEN_FIELD}" value="yes">
${channelBoxes(record)}
<label>Language <input type="text" name="language" maxlength="35" value="${e(record.language ?? '')}" placeholder="en"></label>
<label>Time zone <input type="text" name="zone" maxlength="64" value="${e(record.zone ?? '')}" placeholder="Europe/Paris"></label>
${phoneBox(record)}
<button type="submit">Save</button></form>`,
    record.language ?? 'en',
  );

export const SAVED = 'Saved.';
export const BAD_LANGUAGE = 'The language must be a tag such as en or pt-BR. Nothing was changed.';
export const BAD_ZONE = 'The time zone must be a name such as Europe/Paris. Nothing was changed.';

export const NOT_CONFIRMED = note(
  'Not confirmed yet',
  'Press the button in the message we sent you first; then you can choose here what you get.',
);
export const LEFT = note(
  'You left the list',
  'You get no more mail from this list. To come back, sign up again where you found us.',
);
