import { escapeHtml as e } from '../../../kernel/escape-html.js';
import type { SignUpForm } from '../../domain/lists/sign-up-form.js';
import { note, page } from './page.js';

/** People do not see this field and leave it empty; programs that fill in every field do not. */
export const TRAP_FIELD = 'website';

const TRAP = `<p class="aside" aria-hidden="true" style="position:absolute;left:-5000px"><label>Leave this empty
<input type="text" name="${TRAP_FIELD}" tabindex="-1" autocomplete="off"></label></p>`;

const fields = ({ smsConsentText, consentText }: SignUpForm): string => `
<label>Email <input type="email" name="email" required maxlength="254" autocomplete="email"></label>
${
  smsConsentText === null
    ? ''
    : `<label>Phone (optional) <input type="tel" name="phone" maxlength="40" autocomplete="tel" placeholder="+33 6 12 34 56 78"></label>
<label><input type="checkbox" name="sms" value="yes"> ${e(smsConsentText)}</label>`
}
${TRAP}
<p>${e(consentText)}</p>
<button type="submit">Sign up</button>`;

/** The hosted page of a form. @param fault what was wrong with the try before */
export const joinPage = (form: SignUpForm, fault?: string): string =>
  page(
    form.title,
    `<p>${e(form.intro)}</p>${fault === undefined ? '' : `<p role="alert"><strong>${e(fault)}</strong></p>`}
<form method="post">${fields(form)}</form>`,
    form.language,
  );

/** The form alone, to be put into any page: plain HTML, no script. @param url of the hosted page */
export const embeddedForm = (form: SignUpForm, url: string): string =>
  `<form method="post" action="${e(url)}">${fields(form)}\n</form>`;

/** The same whatever we know of the address. */
export const JOINED = note(
  'Check your mail',
  'If this address can get our mail, a message with a button to confirm is on its way. Until then you are not on the list.',
);

export const NO_FORM = note('There is no sign-up here', 'It may have been switched off. Ask where you found the link.');
