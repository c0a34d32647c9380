import type { Call, Reply } from '../http/call.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import type { Choice } from './consent-page.js';
import { consentFault, consentPage } from './consent-page.js';
import { KNOWN_SCOPES } from './instagram-scopes.js';
import type { Flavour, Grant, InstagramState } from './instagram-state.js';

/** A code lives an hour. */
const CODE_LIFE_MS = 3_600_000;

/** What differs between the two screens. */
interface Screen {
  readonly title: string;
  readonly legend: string;
  /** Instagram signs one account in; Facebook lets several Pages be ticked. */
  readonly type: 'radio' | 'checkbox';
  /** What Meta hangs on every redirect. */
  readonly tail: string;
}

const SCREENS: Readonly<Record<Flavour, Screen>> = {
  instagram: { title: 'Instagram: let this app in?', legend: 'Account', type: 'radio', tail: '#_' },
  facebook: { title: 'Facebook: let this app in?', legend: 'Pages', type: 'checkbox', tail: '#_=_' },
};

/** The consent screens of both logins, and the redirects that end them. */
export class MetaConsent {
  constructor(
    private readonly world: World,
    private readonly state: InstagramState,
    private readonly flavour: Flavour,
  ) {}

  show(call: Call): Reply {
    const asked = Object.fromEntries(call.url.searchParams);
    const fault = this.faultIn(asked);
    if (fault) return consentFault(fault);
    const { title, legend, type } = SCREENS[this.flavour];
    return consentPage({
      title,
      action: call.url.pathname,
      asked,
      who: { name: 'who', legend, type },
      choices: this.choices(),
      scopes: scopesIn(asked),
    });
  }

  decide(call: Call): Reply {
    const form = new URLSearchParams(call.body.toString('utf8'));
    const asked = Object.fromEntries(form);
    const fault = this.faultIn(asked);
    if (fault) return consentFault(fault);
    if (form.get('decision') !== 'allow')
      return this.back(asked, {
        error: 'access_denied',
        error_reason: 'user_denied',
        error_description: 'Permissions error',
      });
    const scopes = form.getAll('granted').filter((scope) => scopesIn(asked).includes(scope));
    const chosen = this.chosen(form.getAll('who'));
    if (!chosen) return consentFault('Choose an account of this list.');
    return this.back(asked, { code: this.grant({ ...chosen, scopes, redirectUri: asked['redirect_uri'] ?? '' }) });
  }

  /** A code as a finished screen gives it. */
  grant(grant: Omit<Grant, 'flavour' | 'expiresMs'>): string {
    const code = this.world.ids.word(60);
    const expiresMs = this.world.clock.nowMs() + CODE_LIFE_MS;
    this.state.codes.set(code, { ...grant, flavour: this.flavour, expiresMs });
    return code;
  }

  private faultIn(asked: Readonly<Record<string, string>>): string | undefined {
    const { client_id: clientId, redirect_uri: redirectUri, response_type: responseType } = asked;
    if (clientId !== SANDBOX_APP.clientId) return 'Invalid platform app: client_id is unknown.';
    if (!URL.canParse(redirectUri ?? '') || !/^https?:/.test(redirectUri ?? '')) return 'Invalid redirect_uri.';
    if (responseType !== 'code' && (responseType !== undefined || this.flavour === 'instagram'))
      return 'response_type must be code.';
    const unknown = scopesIn(asked).find((scope) => !KNOWN_SCOPES[this.flavour].includes(scope));
    if (unknown !== undefined) return `Invalid scope: ${unknown}.`;
    return scopesIn(asked).length > 0 ? undefined : 'scope is missing.';
  }

  private choices(): readonly Choice[] {
    if (this.flavour === 'facebook')
      return [...this.state.pages.values()].map(({ id, name }) => ({ value: id, label: name, isChosen: true }));
    const accounts = [...this.state.accounts.values()];
    return accounts.map(({ externalId, handle }, index) => ({
      value: externalId,
      label: handle,
      isChosen: index === accounts.length - 1,
    }));
  }

  private chosen(values: readonly string[]): Pick<Grant, 'accounts' | 'pages'> | undefined {
    if (this.flavour === 'instagram') {
      const account = this.state.accounts.get(values[0] ?? '');
      return account && { accounts: [account], pages: [] };
    }
    const pages = [...this.state.pages.values()].filter(({ id }) => values.includes(id));
    return { pages, accounts: pages.flatMap(({ account }) => account ?? []) };
  }

  private back(asked: Readonly<Record<string, string>>, query: Readonly<Record<string, string>>): Reply {
    const url = new URL(asked['redirect_uri'] ?? '');
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    if (asked['state'] !== undefined) url.searchParams.set('state', asked['state']);
    return { status: 302, headers: { location: `${url.href}${SCREENS[this.flavour].tail}` } };
  }
}

const scopesIn = (asked: Readonly<Record<string, string>>): readonly string[] =>
  (asked['scope'] ?? '').split(/[,\s]+/).filter((scope) => scope !== '');
