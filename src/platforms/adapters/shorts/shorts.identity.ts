import type { z } from 'zod';
import type { Clock } from '../../../kernel/clock.port.js';
import { plusMs } from '../../../kernel/durations.js';
import type {
  ConnectedIdentity,
  ConnectOutcome,
  Credentials,
  Rejected,
  Unauthorised,
  Unavailable,
} from '../../domain/publish-outcome.js';
import { onRead } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import * as answers from './shorts.answers.js';
import type { ShortsClient } from './shorts.client.js';
import { oauthRefusal } from './shorts.outcomes.js';
import type { ShortsReader } from './shorts.reader.js';

export type FreshToken = z.infer<typeof answers.token>;
export type NotConnected = Rejected | Unauthorised | Unavailable;

/** Google's login has no channel: publishing would be refused with this very reason. */
const NO_CHANNEL: Rejected = {
  kind: 'rejected',
  category: 'account_issue',
  platformCode: 'youtubeSignupRequired',
  detail: 'This Google account has no YouTube channel. Open youtube.com, create one, then connect again.',
};

/** Whose credentials these are, and fresh ones for old. */
export class ShortsIdentity {
  constructor(
    private readonly client: ShortsClient,
    private readonly reader: ShortsReader,
    private readonly clock: Clock,
  ) {}

  /** Looks the channel up. */
  async connect(credentials: Credentials, signal: AbortSignal): Promise<ConnectOutcome> {
    const answer = await this.client.channels({ credentials, signal });
    const read = this.reader.read('channels.list', answer, answers.channels);
    if (read.kind === 'rejected') return read.platformCode === NO_CHANNEL.platformCode ? NO_CHANNEL : read;
    if (read.kind !== 'ok') return onRead(read);
    const [channel] = read.value.items ?? [];
    if (!channel) return NO_CHANNEL;
    const displayName = channel.snippet?.title ?? channel.id;
    return { kind: 'connected', ...identityOf({ externalId: channel.id, displayName, credentials }) };
  }

  async refresh(externalId: string, credentials: Credentials, signal: AbortSignal): Promise<ConnectOutcome> {
    const read = this.readToken(await this.client.refresh(credentials['refreshToken'] ?? '', signal));
    if ('kind' in read) return read;
    const fresh = this.credentialsOf(read, credentials);
    return { kind: 'connected', ...identityOf({ externalId, displayName: externalId, credentials: fresh }) };
  }

  /** The token endpoint's answer, or why there is none; a code or token nobody documented is never a disconnect. */
  readToken(answer: PlatformAnswer): FreshToken | NotConnected {
    const fresh =
      answer.kind === 'response' && answer.status === 200 ? readJson(answer.text, answers.token) : undefined;
    if (fresh) return fresh;
    const refusal = oauthRefusal(answer, this.clock.now());
    return refusal.kind === 'rejected' ? refusal : onRead(refusal);
  }

  /** Google does not repeat the refresh token; the old one goes on, unless a new one ever comes. */
  credentialsOf(fresh: FreshToken, old: Credentials): Credentials {
    return {
      ...old,
      accessToken: fresh.access_token,
      ...(fresh.refresh_token === undefined ? {} : { refreshToken: fresh.refresh_token }),
      ...(fresh.scope === undefined ? {} : { scope: fresh.scope }),
      expiresAt: plusMs(this.clock.now(), fresh.expires_in * 1000).toISOString(),
    };
  }
}

const identityOf = (
  owner: Pick<ConnectedIdentity, 'externalId' | 'displayName' | 'credentials'>,
): ConnectedIdentity => {
  const { expiresAt, scope } = owner.credentials;
  return {
    ...owner,
    scopes: scope?.split(' ') ?? [],
    ...(expiresAt === undefined ? {} : { tokenExpiresAt: new Date(expiresAt) }),
  };
};
