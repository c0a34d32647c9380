import type { AuthorizeOutcome, ExchangeOutcome, OAuthCallback, OAuthRequest } from '../../domain/oauth.port.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { ConnectOutcome, Credentials, Rejected, Unauthorised, Unavailable } from '../../domain/publish-outcome.js';
import { evidence } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import * as answers from './reels.answers.js';
import { type ReelsFlavour, SCOPES } from './reels.flavour.js';

/** One of the two ways into Instagram. */
export interface ReelsLogin {
  authorize(request: OAuthRequest): AuthorizeOutcome;
  exchange(callback: OAuthCallback): Promise<ExchangeOutcome>;
  connect(credentials: Credentials, signal: AbortSignal): Promise<ConnectOutcome>;
  refresh(ctx: PlatformContext): Promise<ConnectOutcome>;
}

/** The app's own half of the credentials is not configured. */
export const notConfigured = (variables: string): Rejected => ({
  kind: 'rejected',
  category: 'platform_rejected',
  detail: `This installation has no app for this login. Set ${variables}, or choose the other login.`,
});

/**
 * The code of a callback; Meta hangs `#_` (Instagram) or `#_=_` (Facebook) on it, which some browsers send along.
 * @returns the refusal when the person said no or Meta sent none
 */
export const codeIn = (query: Readonly<Record<string, string>>): string | Rejected => {
  const code = query['code']?.replace(/#.*$/, '');
  if (code) return code;
  const { error, error_reason: reason, error_description: description, error_message: message } = query;
  const isDenied = error === 'access_denied' || reason === 'user_denied';
  const said = redactSecrets(description ?? message ?? 'no code came back');
  return {
    kind: 'rejected',
    category: 'account_issue',
    ...(error === undefined ? {} : { platformCode: error }),
    detail: isDenied
      ? 'Access was not allowed. Start connecting again and press Allow.'
      : `Meta did not let the app in (${said}). Start connecting again.`,
  };
};

/** What a person did not allow although nothing works without it; nothing is judged where scopes could not be read. */
export const missingScopes = (
  flavour: ReelsFlavour,
  granted: readonly string[] | undefined,
): Unauthorised | undefined => {
  const missing = granted === undefined ? [] : SCOPES[flavour].required.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return undefined;
  const detail = `Meta was not allowed ${missing.join(' and ')}. Connect again and leave these switched on.`;
  return { kind: 'unauthorised', reconnect: true, platformCode: 'scopes_missing', detail };
};

/** Codes of a Graph error that say "later" instead of "no". */
const PASSING_CODES: ReadonlySet<number> = new Set([1, 2, 4, 17, 32, 341, 613]);

/** A token endpoint's refusal of a code: worth one try, so it is final unless the platform itself was ill. */
export const refusedCode = (answer: PlatformAnswer): Rejected | Unavailable => {
  if (answer.kind !== 'response') return { kind: 'unavailable', detail: answer.detail };
  const graph = readJson(answer.text, answers.errorBody)?.error;
  const plain = readJson(answer.text, answers.oauthError);
  const code = graph?.code ?? plain?.code;
  const isPassing = answer.status >= 500 || (graph && (graph.is_transient || PASSING_CODES.has(graph.code)));
  const found = {
    httpStatus: answer.status,
    platformCode: graph?.error_subcode === undefined ? code?.toString() : `${code}/${graph.error_subcode}`,
    requestId: graph?.fbtrace_id,
  };
  if (code === undefined || isPassing) return { kind: 'unavailable', ...evidence(found) };
  const said = redactSecrets(graph?.message ?? plain?.error_message ?? '');
  const detail = `Meta did not accept the consent (${said}). Start connecting again.`;
  return { kind: 'rejected', category: 'platform_rejected', ...evidence({ ...found, detail }) };
};
