import { escapeHtml } from '../../../kernel/escape-html.js';
import { note, page } from './page.js';

/** @param below as HTML */
const question = (title: string, text: string, button: string, below = ''): string =>
  page(title, `<p>${text}</p><form method="post"><button type="submit">${button}</button></form>${below}`);

export const CONFIRM_QUESTION = question(
  'Do you want our mail?',
  'Press the button and we write to you when a platform is down or there is news.',
  'Yes, confirm',
);
export const CONFIRM_DONE = note('You are on the list', 'Thank you. Every mail has a link to leave again.');
/** @param token as it stood in the address */
export const unsubscribeQuestion = (token: string): string =>
  question(
    'Leave the list?',
    'Press the button and we do not write to you any more.',
    'Unsubscribe',
    `<p>Or <a href="/preferences/${escapeHtml(encodeURIComponent(token))}">choose what you get</a>.</p>`,
  );
export const UNSUBSCRIBE_DONE = note('You left the list', 'You get no more mail from this list.');
export const UNKNOWN_LINK = note(
  'This link does not work',
  'It expired, was used or was cut off. Copy it whole from the latest mail, or sign up again.',
);
