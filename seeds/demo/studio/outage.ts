import type { Call } from '../clients.ts';
import { NOTE, UPDATES } from './words.ts';

export const STATUS_SLUG = 'studio-nord';

/** The studio's name, clocks and public page. */
export const nameStudio = (api: Call) =>
  api('PATCH', '/v1/workspace', {
    ...{ name: 'Studio Nord', timeZone: 'America/New_York' },
    ...{ statusSlug: STATUS_SLUG, brandColor: '#0b7285' },
  });

/** What the studio told its audience about the outage that was just replayed. */
export const tellTheAudience = async (api: Call): Promise<void> => {
  const { items } = await api<{ items: { id: string; platform: string }[] }>('GET', '/v1/incidents?limit=20');
  const outage = items.find(({ platform }) => platform === 'tiktok');
  if (!outage) return;
  await api('POST', `/v1/incidents/${outage.id}/notes`, { text: NOTE });
  for (const update of UPDATES) await api('POST', `/v1/incidents/${outage.id}/updates`, update);
};

/** A rehearsal on the queue as it is now, and one that comes every Monday. */
export const rehearse = async (api: Call): Promise<void> => {
  for (const platform of ['tiktok', 'reels']) await drill(api, platform);
  await api('POST', '/v1/drills', {
    ...{ kind: 'dry_run', platform: 'shorts' },
    schedule: { dayOfWeek: 1, time: '06:00', zone: 'America/New_York' },
  });
};

const DRILL_WITHIN_MS = 30_000;

const drill = async (api: Call, platform: string): Promise<void> => {
  const { id } = await api<{ id: string }>('POST', '/v1/drills', { kind: 'dry_run', platform });
  const deadline = Date.now() + DRILL_WITHIN_MS;
  while (Date.now() < deadline) {
    const { status } = await api<{ status: string }>('GET', `/v1/drills/${id}`);
    if (status !== 'planned' && status !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};
