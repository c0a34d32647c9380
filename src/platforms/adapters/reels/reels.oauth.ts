import type {
  AuthorizeOutcome,
  ExchangeOutcome,
  OAuthCallback,
  OAuthRequest,
  PlatformOAuth,
} from '../../domain/oauth.port.js';
import { FLAVOURS, flavourOf, type ReelsFlavour, SCOPES } from './reels.flavour.js';
import type { ReelsLogin } from './reels.login.js';

/** Consent by either login; `options.flavour` chooses, Instagram Login when it says nothing. */
export class ReelsOAuth implements PlatformOAuth {
  /** Of Instagram Login; Facebook Login names its own (`reels.flavour.ts`). */
  readonly requiredScopes = SCOPES.instagram.required;

  constructor(private readonly logins: Readonly<Record<ReelsFlavour, ReelsLogin>>) {}

  authorize(request: OAuthRequest): Promise<AuthorizeOutcome> {
    const { flavour } = request.options;
    const isKnown = flavour === undefined || FLAVOURS.some((known) => known === flavour);
    return Promise.resolve(isKnown ? this.logins[flavourOf(request.options)].authorize(request) : UNKNOWN_FLAVOUR);
  }

  exchange(callback: OAuthCallback): Promise<ExchangeOutcome> {
    return this.logins[flavourOf({ ...callback.options, ...callback.kept })].exchange(callback);
  }
}

const UNKNOWN_FLAVOUR: AuthorizeOutcome = {
  kind: 'rejected',
  category: 'user_content',
  detail: `flavour must be one of: ${FLAVOURS.join(', ')}.`,
};
