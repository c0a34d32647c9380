import type { Reply } from '../http/call.js';
import { SCOPE_WORDS } from './youtube-scopes.js';
import type { YouTubeAccount } from './youtube-state.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

const page = (status: number, title: string, body: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`,
});

/** Account chooser, one tick box per scope, Allow and Deny; works without scripts. */
export const consentPage = (query: string, accounts: readonly YouTubeAccount[], scopes: readonly string[]): Reply => {
  const choices = accounts.map(
    ({ externalId, handle }, at) =>
      `<p><label><input type="radio" name="account" value="${externalId}"${at === 0 ? ' checked' : ''}> ${escaped(handle)}</label></p>`,
  );
  const ticks = scopes.map(
    (scope) =>
      `<p><label><input type="checkbox" name="scope" value="${scope}" checked> ${SCOPE_WORDS.get(scope) ?? scope}</label></p>`,
  );
  const form = [
    `<form method="post" action="/o/oauth2/v2/auth${escaped(query)}">`,
    '<h1>Choose an account</h1>',
    ...choices,
    '<p><label><input type="radio" name="account" value="new"> Use another account</label></p>',
    '<h2>The app wants access to your Google Account</h2>',
    ...ticks,
    '<button name="decision" value="allow">Allow</button>',
    '<button name="decision" value="deny">Deny</button>',
    '</form>',
  ];
  return page(200, 'Sign in - sandbox Google', form.join('\n'));
};

/** What Google shows instead of sending a wrong request back. */
export const refusalPage = (error: string): Reply =>
  page(400, 'Error 400', `<h1>Access blocked: authorization error</h1><p>Error 400: ${escaped(error)}</p>`);
