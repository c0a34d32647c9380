import type { Call } from '../clients.ts';
import type { Seeded } from '../seed.ts';
import type { MoreAccounts } from './accounts.ts';
import { ONE_SHOTS } from './words.ts';

const HOUR_MS = 3_600_000;

/** What is due once, what recurs, and what is only a draft. */
export const plan = async (api: Call, { accounts, media }: Seeded, more: MoreAccounts): Promise<void> => {
  for (const { caption, clip, inHours, platforms } of ONE_SHOTS)
    await api('POST', '/v1/posts', {
      ...{ caption, mediaIds: [media.get(clip)], tags: ['news'] },
      scheduledAt: new Date(Date.now() + inHours * HOUR_MS).toISOString(),
      targets: platforms.map((platform) => ({ accountId: accounts[platform] })),
    });
  await api('POST', '/v1/posts', {
    caption: 'Draft: what we learnt in the outage',
    mediaIds: [media.get('street-at-dawn.mp4')],
  });
  await recur(api, { accounts, media }, more);
};

const recur = async (api: Call, { accounts, media }: Seeded, more: MoreAccounts): Promise<void> => {
  const { id } = await api<{ id: string }>('POST', '/v1/posts', {
    kind: 'evergreen',
    title: 'Friday round-up',
    caption: 'The week in one minute. What do you want to see next?',
    mediaIds: [media.get('street-at-dawn.mp4')],
    tags: ['weekly'],
  });
  await api('PUT', `/v1/posts/${id}/recurrence`, {
    rule: 'FREQ=WEEKLY;BYDAY=FR',
    start: `${new Date().toISOString().slice(0, 10)}T17:00`,
    timezone: 'America/New_York',
    targets: [accounts.reels, accounts.shorts, more.discord].map((accountId) => ({ accountId })),
  });
};
