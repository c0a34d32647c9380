import { Liquid } from 'liquidjs';
import { framedPage } from '../../infra/http/page-frame.js';

const engine = new Liquid({ outputEscape: 'escape', strictVariables: true, ownPropertyOnly: true, templates: {} });

/** No script, no outside resource; names come from platforms, so everything is escaped. */
const PAGE = engine.parse(`<main class="narrow"><h1>{{ title }}</h1><p>{{ text }}</p>
{%- if accounts.size > 0 %}<ul>{% for account in accounts %}<li>{{ account.displayName }} <span class="note">{{ account.platform }}</span></li>{% endfor %}</ul>{% endif %}
{%- if notices.size > 0 %}<h2>Good to know</h2><ul>{% for notice in notices %}<li>{{ notice }}</li>{% endfor %}</ul>{% endif %}
{%- if returnUrl != "" %}<p><a class="button" href="{{ returnUrl }}">Continue</a></p>{% endif %}
{%- if code != "" %}<p class="note">{{ code }}</p>{% endif %}
</main>`);

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
  framedPage({ title, main: String(engine.renderSync(PAGE, { title, text, accounts, notices, returnUrl, code })) });

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
