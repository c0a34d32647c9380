import { client } from './generated/client.gen.ts';
import { prepareClient } from './prepare-client.ts';
import { refreshTags } from './queries.ts';

/** Signed by the session's cookie. */
export const setUpClient = (): void => {
  client.setConfig({ baseUrl: '', credentials: 'same-origin' });
  prepareClient(client, ({ status }, request) => {
    // The session has ended elsewhere: its gate asks again, and leads to the door.
    if (status === 401 && !request?.url.endsWith('/v1/session')) void refreshTags(['Sessions']);
  });
};
