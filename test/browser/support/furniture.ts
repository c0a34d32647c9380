import { until } from '../../support/app.js';
import type { LivedIn } from './lived-in.js';

/** What the drawers of a studio hold: rows in lists that first views do not show. */
export interface Furniture {
  readonly subscriberId: string;
  readonly evergreenId: string;
  readonly drillId: string;
  readonly webhookId: string;
  readonly peopleImportId: string;
}

const CONSENT = { text: 'Write to me.', textVersion: '1' };

export const furnish = async ({ api, incidentId }: LivedIn): Promise<Furniture> => {
  const make = (path: string, body: object) => api.ok<{ id: string }>('POST', path, body);
  await Promise.all([
    make('/v1/hashtag-sets', { name: 'Evening', hashtags: ['#tea', '#calm'] }),
    make('/v1/notification-channels', { name: 'Night watch', kind: 'email', email: 'watch@example.org' }),
    make('/v1/mail-servers', { host: 'mail.example.org', port: 465, security: 'tls', enabled: false }),
    make('/v1/sending-domains', { domain: 'example.org', sender: 'news@example.org' }),
    make('/v1/calendar/feeds', { name: 'Phone' }),
    make('/v1/invites', { email: 'guest@example.org', role: 'editor' }),
    make('/v1/platforms/shorts/pause', { reason: 'A holiday' }),
    make('/v1/platforms/reels/override', { state: 'degraded', reason: 'Seen by us', forSeconds: 3_600 }),
    make('/v1/suppressions', { suppressions: [{ channel: 'email', address: 'gone@example.net' }] }),
    make(`/v1/incidents/${incidentId}/notes`, { text: 'Uploads hung from nine on.' }),
  ]);
  const first = async (path: string) => (await api.ok<{ items: { id: string }[] }>('GET', path)).items[0]?.id ?? '';
  const drillId = await first('/v1/drills');
  const isFinished = async () => (await api.ok('GET', `/v1/drills/${drillId}`)).status === 'finished';
  await until(isFinished, 'the drill to end');
  return {
    drillId,
    subscriberId: await first('/v1/subscribers'),
    evergreenId: await first('/v1/posts?kind=evergreen'),
    webhookId: await first('/v1/webhooks'),
    peopleImportId: (await make('/v1/subscriber-imports', { source: 'The fair', consent: CONSENT })).id,
  };
};
