import type { Call } from '../clients.ts';
import type { Seeded } from '../seed.ts';
import { KEEPERS } from './words.ts';

const DAYS_OF_WEEK = [1, 2, 3, 4, 5, 6, 7];

/** The evergreen posts with their wordings, and what they share. */
export const fillLibrary = async (api: Call, { media }: Seeded): Promise<void> => {
  await api('POST', '/v1/hashtag-sets', { name: 'Kitchen', hashtags: ['kitchen', 'baking', 'zerowaste', 'homemade'] });
  await api('POST', '/v1/hashtag-sets', { name: 'Every post', hashtags: ['studionord', 'tinyfilms'] });
  for (const [place, keeper] of KEEPERS.entries()) {
    const { id } = await api<{ id: string }>('POST', '/v1/posts', {
      kind: 'evergreen',
      ...{ caption: keeper.caption, title: keeper.title, tags: keeper.tags },
      mediaIds: [media.get(keeper.clip)],
      recycling: { cooldownDays: 7, weight: 1 + (place % 3) },
    });
    if (keeper.variations) await api('PUT', `/v1/posts/${id}/variations`, { variations: keeper.variations });
  }
};

/** Two queues with weekly times: one for everything, one for the kitchen. */
export const openQueues = async (api: Call, { accounts }: Seeded): Promise<void> => {
  await api('POST', '/v1/queues', {
    name: 'Every day',
    timezone: 'America/New_York',
    accountIds: [accounts.tiktok, accounts.reels, accounts.skylight],
    slots: DAYS_OF_WEEK.map((dayOfWeek) => ({ dayOfWeek, time: '18:30' })),
    order: 'oldest',
    minGapSeconds: 7_200,
  });
  await api('POST', '/v1/queues', {
    name: 'Kitchen mornings',
    timezone: 'America/New_York',
    accountIds: [accounts.tiktok, accounts.shorts],
    slots: [2, 4, 6].map((dayOfWeek) => ({ dayOfWeek, time: '07:45', categories: ['kitchen'] })),
    order: 'weighted',
  });
};
