import type { Clock } from '../../../kernel/clock.port.js';
import type {
  AuthorizeOutcome,
  ExchangeOutcome,
  OAuthCallback,
  OAuthRequest,
  PlatformOAuth,
} from '../../domain/oauth.port.js';
import type { Rejected, Unauthorised, Unavailable } from '../../domain/publish-outcome.js';
import { evidence, onRead, refusalOf, unavailable } from '../../domain/refusal.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import * as answers from './tiktok.answers.js';
import type { TikTokClient } from './tiktok.client.js';
import type { TikTokConfig } from './tiktok.config.js';
import { TIKTOK_CONSENT_ERRORS } from './tiktok.errors.map.js';
import { oauthRefusal } from './tiktok.outcomes.js';
import type { TikTokReader } from './tiktok.reader.js';
import { credentialsOf, identityOf } from './tiktok.reading.js';
import { UNAUDITED_NOTICES } from './tiktok.rules.js';

/** Without these nothing can be posted. */
const REQUIRED_SCOPES = ['user.info.basic', 'video.publish'];
/** Without this one posts go out, but neither counters nor the account's list can be read. */
const LIST_SCOPE = 'video.list';
const NO_LIST_NOTICE =
  'TikTok did not grant video.list: views cannot be counted, and a post whose outcome is unknown cannot be looked up.';

/** Login Kit for web (`platforms.md` 1.1): no PKCE, comma-separated scopes, errors that may come with HTTP 200. */
export class TikTokOAuth implements PlatformOAuth {
  readonly requiredScopes = REQUIRED_SCOPES;

  constructor(
    private readonly config: TikTokConfig,
    private readonly client: TikTokClient,
    private readonly reader: TikTokReader,
    private readonly clock: Clock,
  ) {}

  authorize({ redirectUri, state }: OAuthRequest): Promise<AuthorizeOutcome> {
    const url = new URL(this.config.authorizeUrl);
    url.searchParams.set('client_key', this.config.clientKey);
    url.searchParams.set('scope', [...REQUIRED_SCOPES, LIST_SCOPE].join(','));
    url.searchParams.set('response_type', 'code');
    url.searchParams.set('redirect_uri', redirectUri);
    url.searchParams.set('state', state);
    return Promise.resolve({ kind: 'redirect', url: url.href, kept: {} });
  }

  async exchange({ query, redirectUri, signal }: OAuthCallback): Promise<ExchangeOutcome> {
    const { code, error, error_description: description } = query;
    if (error !== undefined) return this.refusedConsent(error, description);
    if (!code) return NO_CODE;
    const answer = await this.client.exchange(code, redirectUri, signal);
    // Decided by the presence of a token: errors may come with HTTP 200.
    const fresh = answer.kind === 'response' ? answers.readToken(answer.text) : undefined;
    if (!fresh) {
      const refusal = oauthRefusal(answer, this.clock.now());
      return refusal.kind === 'rejected' ? refusal : onRead(refusal);
    }
    const granted = fresh.scope?.split(',') ?? [];
    const missing = REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
    return missing.length > 0 ? scopesMissing(missing) : this.connected(fresh, granted, signal);
  }

  private async connected(
    fresh: answers.FreshToken,
    granted: readonly string[],
    signal: AbortSignal,
  ): Promise<ExchangeOutcome> {
    const credentials = credentialsOf(fresh, this.clock.now());
    const read = this.reader.read('user', await this.client.user({ credentials, signal }), answers.user);
    const owner = read.kind === 'ok' ? read.value.data.user : undefined;
    // The code is spent: a name that cannot be read now must not cost the consent.
    const externalId = fresh.open_id ?? owner?.open_id;
    if (externalId === undefined) return { kind: 'unavailable', detail: 'TikTok did not say whose account this is.' };
    const notices = [
      ...(this.config.isAudited ? [] : UNAUDITED_NOTICES),
      ...(granted.includes(LIST_SCOPE) ? [] : [NO_LIST_NOTICE]),
    ];
    const identity = identityOf({ externalId, displayName: owner?.display_name, credentials, notices });
    return { kind: 'connected', identities: [identity] };
  }

  private refusedConsent(error: string, description = ''): Rejected | Unauthorised | Unavailable {
    const meaning = TIKTOK_CONSENT_ERRORS.get(error);
    if (!meaning) this.reader.report('authorize', error);
    const found = evidence({ platformCode: error, detail: redactSecrets(description) });
    const refusal = refusalOf(meaning ?? unavailable, found, { now: this.clock.now() });
    return refusal.kind === 'rejected' ? refusal : onRead(refusal);
  }
}

const NO_CODE: Rejected = {
  kind: 'rejected',
  category: 'platform_rejected',
  detail: 'TikTok sent the browser back without a code. Start connecting again.',
};

const scopesMissing = (missing: readonly string[]): Unauthorised => ({
  kind: 'unauthorised',
  reconnect: true,
  platformCode: 'scope_not_authorized',
  detail: `TikTok was not allowed ${missing.join(' and ')}. Connect again and leave these switched on.`,
});
