import { fileURLToPath } from 'node:url';
import { fileForm } from '../demo/clients.ts';
import type { Stage } from './stage.ts';

export interface Owner {
  readonly email: string;
  readonly password: string;
}

const A_CALL = 500;
const DAY_MS = 86_400_000;

export const openOwner = async ({ api }: Stage): Promise<Owner> => {
  const owner = { email: 'owner@example.org', password: 'correct horse battery' };
  await api('POST', '/v1/members', { ...owner, name: 'Owner' });
  return owner;
};

/** Plans so many targets in the month after the next, about as many each day. @returns a day of it */
export const fillMonth = async ({ api, sandbox }: Stage, targets: number): Promise<string> => {
  const clip = fileURLToPath(new URL('../clips/tea-in-a-minute.mp4', import.meta.url));
  const { id: mediaId } = await api<{ id: string }>('POST', '/v1/media', await fileForm(clip, 'tea.mp4'));
  const { credentials } = await sandbox<{ credentials: unknown }>('POST', 'accounts', { platform: 'tiktok' });
  const { id: accountId } = await api<{ id: string }>('POST', '/v1/accounts', { platform: 'tiktok', credentials });
  const today = new Date();
  const first = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 2, 1);
  const posts = Array.from({ length: targets }, (_, index) => ({
    caption: `Tea in a minute ${index}`,
    mediaIds: [mediaId],
    scheduledAt: new Date(first + (index / targets) * 28 * DAY_MS).toISOString(),
    targets: [{ accountId }],
  }));
  for (let from = 0; from < targets; from += A_CALL)
    await api('POST', '/v1/posts/bulk', { posts: posts.slice(from, from + A_CALL) });
  return new Date(first).toISOString().slice(0, 10);
};
