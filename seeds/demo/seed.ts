import { fileForm, type Call } from './clients.ts';
import { CLIPS, CONSENT, type Platform, PLATFORMS, POSTS, ROUTE, SUBSCRIBERS } from './workspace.ts';

/** Accounts and media of the seeded workspace. */
export interface Seeded {
  readonly accounts: Readonly<Record<Platform, string>>;
  readonly media: ReadonlyMap<string, string>;
}

const BULK = 100;

/** Connects four accounts, uploads the clips, writes the route and the backup list: all over the public API. */
export const seed = async (api: Call, sandbox: Call): Promise<Seeded> => {
  const accounts = {} as Record<Platform, string>;
  for (const platform of PLATFORMS) {
    const { credentials } = await sandbox<{ credentials: unknown }>('POST', 'accounts', { platform });
    accounts[platform] = (await api<{ id: string }>('POST', '/v1/accounts', { platform, credentials })).id;
  }
  const media = new Map<string, string>();
  for (const clip of CLIPS) {
    const form = await fileForm(new URL(`../clips/${clip}`, import.meta.url).pathname, clip);
    media.set(clip, (await api<{ id: string }>('POST', '/v1/media', form)).id);
  }
  const fallbacks = [accounts.reels, accounts.shorts, accounts.skylight];
  await api('POST', '/v1/routes', { ...ROUTE, fallbacks });
  await subscribe(api);
  return { accounts, media };
};

const subscribe = async (api: Call): Promise<void> => {
  for (let from = 0; from < SUBSCRIBERS.length; from += BULK) {
    const subscribers = SUBSCRIBERS.slice(from, from + BULK).map((email) => ({
      email,
      alreadyConfirmed: true,
      consent: { ...CONSENT, evidence: 'Confirmed by mail in our former tool, 2025-11-03.' },
    }));
    await api('POST', '/v1/subscribers/bulk', { subscribers });
  }
};

/** Schedules every post. @returns how many targets there are */
export const schedule = async (api: Call, { accounts, media }: Seeded, startMs: number): Promise<number> => {
  let targets = 0;
  for (const post of POSTS) {
    await api('POST', '/v1/posts', {
      caption: post.caption,
      mediaIds: [media.get(post.clip)],
      scheduledAt: new Date(startMs + post.atSeconds * 1_000).toISOString(),
      targets: post.platforms.map((platform) => ({ accountId: accounts[platform] })),
    });
    targets += post.platforms.length;
  }
  return targets;
};
