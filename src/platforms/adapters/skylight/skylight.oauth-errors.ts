import type { OAuthResponseError } from '@atproto/oauth-client-node';
import type { Rejected, Unauthorised, Unavailable } from '../../domain/publish-outcome.js';
import { evidence } from '../../domain/refusal.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import { oauthLibrary } from './skylight.oauth-library.js';
import { OAuthSilence } from './skylight.oauth-client.js';
import { ownerMust } from './skylight.outcomes.js';

/** Sentences of the library for answers that must not be believed (oauth-client 0.8.7). */
const UNBELIEVABLE = ['Issuer mismatch', 'iss missing from the response', 'Issuer not found in metadata'];

/** The refusal of a consent, or of the exchange of its code. */
export const oauthRefusal = async (error: unknown): Promise<Rejected | Unavailable> => {
  const { OAuthCallbackError } = await oauthLibrary();
  const chain = causes(error);
  const refused = chain.find((cause) => cause instanceof OAuthCallbackError)?.params.get('error');
  if (refused === 'access_denied')
    return ownerMust('access_denied', 'You did not allow access. Connect again and allow it.');
  if (chain.some(({ message }) => UNBELIEVABLE.includes(message)))
    return {
      ...distrusted,
      detail: 'The answer did not come from the server that speaks for this account. Connect again.',
    };
  const answer = await serverWord(chain);
  if (!answer || answer.status >= 500) return unavailableFor(chain, answer);
  return answer.error === 'invalid_grant'
    ? ownerMust('invalid_grant', 'The consent was used already or took too long. Connect again.')
    : { ...distrusted, ...wordsOf(answer) };
};

/** A failing server never disconnects anybody; only its plain "no" to the token does. */
export const refreshRefusal = async (error: unknown): Promise<Unauthorised | Unavailable> => {
  const chain = causes(error);
  const answer = await serverWord(chain);
  if (answer?.status === 400 && answer.error === 'invalid_grant')
    return { kind: 'unauthorised', reconnect: true, ...wordsOf(answer) };
  if (chain.some(({ message }) => UNBELIEVABLE.includes(message)))
    return {
      kind: 'unauthorised',
      reconnect: true,
      detail: 'The account has moved to another server. Connect it again.',
    };
  return unavailableFor(chain, answer);
};

const distrusted = { kind: 'rejected', category: 'platform_rejected' } as const;

const serverWord = async (chain: readonly Error[]): Promise<OAuthResponseError | undefined> => {
  const { OAuthResponseError } = await oauthLibrary();
  return chain.find((cause) => cause instanceof OAuthResponseError);
};

const wordsOf = ({ status, error, errorDescription }: OAuthResponseError) =>
  evidence({ httpStatus: status, platformCode: error, detail: errorDescription && redactSecrets(errorDescription) });

const unavailableFor = (chain: readonly Error[], answer: OAuthResponseError | undefined): Unavailable => {
  const silence = chain.find((cause) => cause instanceof OAuthSilence);
  const words = silence?.answer.detail ?? chain.at(-1)?.message ?? 'the library failed';
  return { kind: 'unavailable', ...(answer ? wordsOf(answer) : { detail: redactSecrets(words) }) };
};

const causes = (error: unknown): readonly Error[] => (error instanceof Error ? [error, ...causes(error.cause)] : []);
