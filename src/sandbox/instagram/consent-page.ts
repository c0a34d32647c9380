import type { Reply } from '../http/call.js';

/** One thing that can be ticked. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

/** A screen on which a person lets an app in, or does not. Works by plain form posts, without scripts. */
export interface ConsentPage {
  readonly title: string;
  /** Where the form goes. */
  readonly action: string;
  /** What the app asked, repeated by the form. */
  readonly asked: Readonly<Record<string, string>>;
  /** Name, kind and choices of who or what is let in. */
  readonly who: { readonly name: string; readonly legend: string; readonly type: 'radio' | 'checkbox' };
  readonly choices: readonly Choice[];
  readonly scopes: readonly string[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const html = (status: number, title: string, body: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><h1>${escaped(title)}</h1>${body}</html>`,
});

const tick = (type: string, name: string, { value, label, isChosen }: Choice): string =>
  `<p><label><input type="${type}" name="${name}" value="${escaped(value)}"${isChosen ? ' checked' : ''}> ${escaped(label)}</label></p>`;

export const consentPage = ({ title, action, asked, who, choices, scopes }: ConsentPage): Reply => {
  const hidden = Object.entries(asked).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const people = choices.map((choice) => tick(who.type, who.name, choice));
  const permissions = scopes.map((value) => tick('checkbox', 'granted', { value, label: value, isChosen: true }));
  return html(
    200,
    title,
    `<form method="post" action="${escaped(action)}">${hidden.join('')}` +
      `<fieldset><legend>${escaped(who.legend)}</legend>${people.join('')}</fieldset>` +
      `<fieldset><legend>Permissions</legend>${permissions.join('')}</fieldset>` +
      '<button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></form>',
  );
};

/** What the app asked is wrong: the person sees it, the app is not called back. */
export const consentFault = (message: string): Reply =>
  html(400, 'This app cannot be let in', `<p>${escaped(message)}</p>`);
