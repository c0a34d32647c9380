import pg from 'pg';
import { newId } from '../../../src/kernel/ids.js';
import { until } from '../../support/app.js';
import { confirmedPerson, consent } from '../../support/audience.js';
import { connectAccount, type ConnectedAccount, publishNow, readTarget, uploadClip } from '../../support/story.js';
import type { BrowserStage, Studio } from './stage.js';

const HOUR_MS = 3_600_000;

/** A studio in which every page has something to show. */
export interface LivedIn extends Studio {
  readonly tiktok: ConnectedAccount;
  readonly shorts: ConnectedAccount;
  readonly mediaId: string;
  readonly postId: string;
  readonly queueId: string;
  readonly incidentId: string;
  readonly broadcastId: string;
}

export const liveIn = async (stage: BrowserStage, name: string): Promise<LivedIn> => {
  const studio = await stage.openStudio(name);
  const publishing = await startPublishing(stage, studio);
  const [audience, incidentId] = await Promise.all([gatherAudience(studio), recordIncident(stage.app.databaseUrl)]);
  const { api } = studio;
  await api.ok('POST', '/v1/api-keys', { name: 'Statistics', scopes: ['posts:read'] });
  await api.ok('POST', '/v1/webhooks', { url: 'https://example.org/hooks', description: 'Our site' });
  await api.ok('POST', '/v1/drills', { kind: 'dry_run', platform: 'tiktok' });
  return { ...studio, ...publishing, ...audience, incidentId };
};

const startPublishing = async ({ sandbox }: BrowserStage, { api }: Studio) => {
  const [tiktok, shorts, mediaId] = await Promise.all([
    connectAccount(api, sandbox, 'tiktok'),
    connectAccount(api, sandbox, 'shorts'),
    uploadClip(api, 'tea-in-a-minute.mp4'),
  ]);
  const route = { scope: 'account', scopeId: tiktok.id, onDegraded: 'reroute', fallbacks: [shorts.id] };
  await api.ok('POST', '/v1/routes', route);
  const [target] = await publishNow(api, mediaId, [tiktok], 'Tea in a minute');
  const wasPublished = async () => (await readTarget(api, target?.id ?? '')).status === 'published';
  await until(wasPublished, 'the first post to be out');
  const scheduledAt = new Date(Date.now() + HOUR_MS).toISOString();
  const targets = [{ accountId: tiktok.id }, { accountId: shorts.id }];
  const body = { caption: 'Window garden #green', tags: ['garden'], mediaIds: [mediaId], scheduledAt, targets };
  const { id: postId } = await api.ok<{ id: string }>('POST', '/v1/posts', body);
  const evergreen = { kind: 'evergreen', caption: 'One knot a day', tags: ['knots'], mediaIds: [mediaId] };
  await api.ok('POST', '/v1/posts', evergreen);
  const slots = [1, 3, 5].map((dayOfWeek) => ({ dayOfWeek, time: '09:30' }));
  const queue = { name: 'Mornings', accountIds: [shorts.id], slots };
  const { id: queueId } = await api.ok<{ id: string }>('POST', '/v1/queues', queue);
  return { tiktok, shorts, mediaId, postId, queueId };
};

const gatherAudience = async ({ api }: Studio): Promise<{ broadcastId: string }> => {
  const subscribers = ['ada', 'ben', 'cleo'].map((who) => confirmedPerson(`${who}@example.net`, { tags: ['early'] }));
  await api.ok('POST', '/v1/subscribers/bulk', { subscribers });
  const filter = { all: [{ field: 'tags', op: 'hasAny', values: ['early'] }] };
  await api.ok('POST', '/v1/segments', { name: 'Early birds', filter });
  await api.ok('POST', '/v1/sign-up-forms', { name: 'Site', title: 'Stay in touch', consentText: consent.text });
  const letter = { kind: 'news', subject: 'We are on Shorts, too', bodyText: 'Find us there.' };
  return { broadcastId: (await api.ok<{ id: string }>('POST', '/v1/broadcasts', letter)).id };
};

/** A past one: an open one would change what every story of the stage sees. */
const recordIncident = async (databaseUrl: string): Promise<string> => {
  const id = newId();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const sql = `
    insert into incident (id, platform, region, opened_at, closed_at, worst_state, reason)
    values ($1, 'tiktok', 'us', now() - interval '3 hours', now() - interval '1 hour', 'down', 'uploads fail')`;
  await client.query(sql, [id]).finally(() => client.end());
  return id;
};
