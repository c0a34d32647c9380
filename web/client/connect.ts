import { type Client, createClient, createConfig } from '../src/api/generated/client/index.ts';
import { prepareClient } from '../src/api/prepare-client.ts';

/** A server and the right to use it. */
export interface Connection {
  /** Where the server is, for example `https://perennial.example`. */
  readonly url: string;
  /** `prn_live_…`; Settings make one with no more scopes than the program needs. */
  readonly apiKey: string;
  /** In the place of the runtime's own. */
  readonly fetch?: typeof fetch;
}

/**
 * The client that every function takes: `postsCreate({ client, body })`. A POST carries an `Idempotency-Key` of its own,
 * so that a transport that repeats it has one effect; give your own in `headers` to repeat one yourself.
 *
 * @returns a client whose calls throw a {@link Problem} when they are refused, or the server cannot be reached
 */
export const connect = ({ url, apiKey, fetch }: Connection): Client => {
  const client = createClient(
    createConfig({ baseUrl: url.replace(/\/$/, ''), auth: apiKey, throwOnError: true, ...(fetch ? { fetch } : {}) }),
  );
  prepareClient(client);
  return client;
};
