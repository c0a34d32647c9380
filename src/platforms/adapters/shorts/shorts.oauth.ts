import { createHash } from 'node:crypto';
import type { Clock } from '../../../kernel/clock.port.js';
import type {
  AuthorizeOutcome,
  ExchangeOutcome,
  OAuthCallback,
  OAuthRequest,
  PlatformOAuth,
} from '../../domain/oauth.port.js';
import type { Rejected, Unauthorised } from '../../domain/publish-outcome.js';
import { evidence, onRead, refusalOf, unavailable } from '../../domain/refusal.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import type { ShortsClient } from './shorts.client.js';
import type { ShortsConfig } from './shorts.config.js';
import { GOOGLE_CONSENT_ERRORS } from './shorts.errors.map.js';
import type { NotConnected, ShortsIdentity } from './shorts.identity.js';
import type { ShortsReader } from './shorts.reader.js';

const SCOPE = 'https://www.googleapis.com/auth/youtube';
/** Insert, and read back what became of it. */
const REQUIRED_SCOPES = [`${SCOPE}.upload`, `${SCOPE}.readonly`];
/** Without this one posts go out, but cannot be deleted by us. */
const DELETE_SCOPE = `${SCOPE}.force-ssl`;
const NO_DELETE_NOTICE = 'Google did not grant youtube.force-ssl: videos can be deleted in YouTube Studio only.';

/**
 * Google's consent (`platforms.md` 3.1). The URL is made by `google-auth-library`; the code is exchanged over our own
 * HTTP, because the library's transport repeats requests by itself and hides whether one was sent at all.
 */
export class ShortsOAuth implements PlatformOAuth {
  readonly requiredScopes = REQUIRED_SCOPES;

  constructor(
    private readonly config: ShortsConfig,
    private readonly client: ShortsClient,
    private readonly identity: ShortsIdentity,
    private readonly reader: ShortsReader,
    private readonly clock: Clock,
  ) {}

  async authorize({ redirectUri, state, codeVerifier }: OAuthRequest): Promise<AuthorizeOutcome> {
    // Loaded when somebody connects: it takes 24 MB, and most processes never need it.
    const { CodeChallengeMethod, OAuth2Client } = await import('google-auth-library');
    const { clientId, authorizeUrl } = this.config;
    const consent = new OAuth2Client({ clientId, redirectUri, endpoints: { oauth2AuthBaseUrl: authorizeUrl } });
    const url = consent.generateAuthUrl({
      scope: [...REQUIRED_SCOPES, DELETE_SCOPE],
      // Both together are what makes Google give a refresh token to a user who consented before.
      access_type: 'offline',
      prompt: 'consent',
      state,
      code_challenge_method: CodeChallengeMethod.S256,
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    });
    return { kind: 'redirect', url, kept: {} };
  }

  async exchange({ query, redirectUri, codeVerifier, signal }: OAuthCallback): Promise<ExchangeOutcome> {
    const { code, error } = query;
    if (error !== undefined) return this.refusedConsent(error);
    if (!code) return NO_CODE;
    const fresh = this.identity.readToken(await this.client.exchange({ code, redirectUri, codeVerifier }, signal));
    if ('kind' in fresh) return fresh;
    const granted = fresh.scope?.split(' ') ?? [];
    const missing = REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
    if (missing.length > 0) return scopesMissing(missing);
    if (fresh.refresh_token === undefined) return NO_REFRESH_TOKEN;
    const owner = await this.identity.connect(this.identity.credentialsOf(fresh, {}), signal);
    if (owner.kind !== 'connected') return owner;
    const { kind: _kind, ...identity } = owner;
    const notices = granted.includes(DELETE_SCOPE) ? {} : { notices: [NO_DELETE_NOTICE] };
    return { kind: 'connected', identities: [{ ...identity, ...notices }] };
  }

  private refusedConsent(error: string): NotConnected {
    const meaning = GOOGLE_CONSENT_ERRORS.get(error);
    if (!meaning) this.reader.report('authorize', redactSecrets(error));
    const found = evidence({ platformCode: error, detail: CONSENT_WORDS[error] });
    const refusal = refusalOf(meaning ?? unavailable, found, { now: this.clock.now() });
    return refusal.kind === 'rejected' ? refusal : onRead(refusal);
  }
}

const CONSENT_WORDS: Readonly<Record<string, string>> = {
  access_denied: 'The consent was refused. Start connecting again and press Allow.',
  admin_policy_enforced: 'The administrator of this Google Workspace does not allow the app. Ask them, then try again.',
};

const NO_CODE: Rejected = {
  kind: 'rejected',
  category: 'platform_rejected',
  detail: 'Google sent the browser back without a code. Start connecting again.',
};

const NO_REFRESH_TOKEN: Rejected = {
  kind: 'rejected',
  category: 'platform_rejected',
  detail:
    'Google gave no refresh token, so the connection would end within the hour. Remove the app at ' +
    'myaccount.google.com/permissions, then connect again.',
};

const scopesMissing = (missing: readonly string[]): Unauthorised => ({
  kind: 'unauthorised',
  reconnect: true,
  platformCode: 'insufficientPermissions',
  detail: `Google was not allowed ${missing.join(' and ')}. Connect again and leave these ticked.`,
});
