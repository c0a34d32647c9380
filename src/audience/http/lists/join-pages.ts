import { escapeHtml as e } from '../../../kernel/escape-html.js';
import type { SignUpForm } from '../../domain/lists/sign-up-form.js';
import { note, page } from './page.js';

/** People do not see this field and leave it empty; programs that fill in every field do not. */
export const TRAP_FIELD = 'website';

/** @param style of its own where no sheet of ours hides it */
const trap = (style = ''): string => `<p class="aside" aria-hidden="true"${style}><label>Leave this empty
<input type="text" name="${TRAP_FIELD}" tabindex="-1" autocomplete="off"></label></p>`;

const ENGLISH = {
  email: 'Email',
  phone: 'Phone (optional)',
  signUp: 'Sign up',
  joinedTitle: 'Check your mail',
  joined:
    'If this address can get our mail, a message with a button to confirm is on its way. Until then you are not on the list.',
};
const FRENCH: typeof ENGLISH = {
  email: 'Adresse mail',
  phone: 'Téléphone (facultatif)',
  signUp: 'S’inscrire',
  joinedTitle: 'Regardez vos mails',
  joined:
    'Si cette adresse peut recevoir nos mails, un message avec un bouton à confirmer est en route. D’ici là, vous n’êtes pas sur la liste.',
};
const wordsIn = (language: string) => (language.split('-')[0] === 'fr' ? FRENCH : ENGLISH);

/** What a form shows to visitors, wherever it stands. */
type ShownForm = Pick<SignUpForm, 'language' | 'consentText' | 'smsConsentText'>;

/** The fields of a form, with its words and the trap, for pages that wear our sheet. */
export const signUpFields = ({ language, smsConsentText, consentText }: ShownForm, trapHtml = trap()): string => {
  const words = wordsIn(language);
  return `
<label>${words.email} <input type="email" name="email" required maxlength="254" autocomplete="email"></label>
${
  smsConsentText === null
    ? ''
    : `<label>${words.phone} <input type="tel" name="phone" maxlength="40" autocomplete="tel" placeholder="+33 6 12 34 56 78"></label>
<label><input type="checkbox" name="sms" value="yes"> ${e(smsConsentText)}</label>`
}
${trapHtml}
<p>${e(consentText)}</p>
<button type="submit">${words.signUp}</button>`;
};

/** The hosted page of a form. @param fault what was wrong with the try before */
export const joinPage = (form: SignUpForm, fault?: string): string =>
  page(
    form.title,
    `<p>${e(form.intro)}</p>${fault === undefined ? '' : `<p role="alert"><strong>${e(fault)}</strong></p>`}
<form method="post">${signUpFields(form)}</form>`,
    form.language,
  );

/** The form alone, to be put into any page: plain HTML, no script. @param url of the hosted page */
export const embeddedForm = (form: SignUpForm, url: string): string =>
  `<form method="post" action="${e(url)}">${signUpFields(form, trap(' style="position:absolute;left:-5000px"'))}\n</form>`;

/** The same whatever we know of the address. */
export const joined = ({ language }: Pick<SignUpForm, 'language'>): string => {
  const words = wordsIn(language);
  return note(words.joinedTitle, words.joined, language);
};

export const NO_FORM = note('There is no sign-up here', 'It may have been switched off. Ask where you found the link.');
