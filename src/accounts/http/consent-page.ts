import { Liquid } from 'liquidjs';

const engine = new Liquid({ outputEscape: 'escape', strictVariables: true, ownPropertyOnly: true, templates: {} });

/** No script, no outside resource; names come from platforms, so everything is escaped. */
const PAGE = engine.parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>{{ title }}</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;color:#1c1c1c}
li{margin:.3rem 0}small{color:#595959}a.go{display:inline-block;padding:.6rem 1.4rem;border:1px solid;border-radius:.4rem;color:inherit;text-decoration:none}</style></head>
<body><main><h1>{{ title }}</h1><p>{{ text }}</p>
{%- if accounts.size > 0 %}<ul>{% for account in accounts %}<li>{{ account.displayName }} <small>{{ account.platform }}</small></li>{% endfor %}</ul>{% endif %}
{%- if notices.size > 0 %}<h2>Good to know</h2><ul>{% for notice in notices %}<li>{{ notice }}</li>{% endfor %}</ul>{% endif %}
{%- if returnUrl != "" %}<p><a class="go" href="{{ returnUrl }}">Continue</a></p>{% endif %}
{%- if code != "" %}<p><small>{{ code }}</small></p>{% endif %}
</main></body></html>
`);

interface Page {
  readonly title: string;
  readonly text: string;
  readonly accounts?: readonly { readonly displayName: string; readonly platform: string }[];
  readonly notices?: readonly string[];
  readonly returnUrl?: string | undefined;
  /** Names a refusal for whoever helps. */
  readonly code?: string;
}

const render = ({ title, text, accounts = [], notices = [], returnUrl = '', code = '' }: Page): string =>
  String(engine.renderSync(PAGE, { title, text, accounts, notices, returnUrl, code }));

/** What a person sees whose accounts are connected now. */
export const connectedPage = (page: Required<Pick<Page, 'accounts' | 'notices'>> & Pick<Page, 'returnUrl'>): string =>
  render({
    title: page.accounts.length === 1 ? 'Your account is connected' : 'Your accounts are connected',
    text: 'Posts can go out now. You can close this window.',
    ...page,
  });

/** What a person sees when nothing was connected. */
export const refusedPage = (text: string, code: string): string =>
  render({ title: 'Nothing was connected', text, code });
