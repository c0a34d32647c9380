import type pg from 'pg';
import type { Call } from '../clients.ts';
import type { Seeded } from '../seed.ts';
import type { MoreAccounts } from './accounts.ts';

const LEAD_MS = 6_000;
const HAND_OFFS_WITHIN_MS = 20_000;

interface Posted {
  readonly id: string;
  readonly targets: readonly { readonly id: string }[];
}

/** What somebody finds in the morning: a post to be made by hand, one that nobody answered for, one on hold, one elsewhere. */
export const leaveUndone = async (
  api: Call,
  db: pg.Client,
  { accounts, media }: Seeded,
  more: MoreAccounts,
): Promise<void> => {
  const post = (caption: string, clip: string, accountId: string) =>
    api<Posted>('POST', '/v1/posts', {
      ...{ caption, mediaIds: [media.get(clip)], targets: [{ accountId }] },
      scheduledAt: new Date(Date.now() + LEAD_MS).toISOString(),
    });
  await post('Basil on the sill, by hand', 'window-garden.mp4', more.upscrolled);
  const unanswered = await post('Dawn, by hand', 'street-at-dawn.mp4', more.upscrolled);
  await post('Tea for the group', 'tea-in-a-minute.mp4', more.telegram);
  await api('POST', `/v1/accounts/${more.telegram}/pause`, { reason: 'The channel moves to a new group this week.' });
  await goElsewhere(api, await post('A knot for the weekend', 'knot-of-the-day.mp4', accounts.tiktok), accounts.shorts);
  await letExpire(api, db, unanswered);
};

/** It stays there, on the public page, too: its route brings nothing back. */
const goElsewhere = async (api: Call, { id, targets }: Posted, accountId: string): Promise<void> => {
  await api('POST', '/v1/routes', { scope: 'post', scopeId: id, failback: 'none', fallbacks: [accountId] });
  await api('POST', `/v1/targets/${targets[0]?.id ?? ''}/reroute`, { accountId });
};

/** A day passes for the one: nobody said whether it was posted, so a person must. */
const letExpire = async (api: Call, db: pg.Client, { targets }: Posted): Promise<void> => {
  const targetId = targets[0]?.id ?? '';
  const deadline = Date.now() + HAND_OFFS_WITHIN_MS;
  while (Date.now() < deadline) {
    const { items } = await api<{ items: unknown[] }>('GET', `/v1/handoffs?targetId=${targetId}`);
    if (items.length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await db.query('update handoff set expires_at = now() where target_id = $1', [targetId]);
};
