import { openAsBlob } from 'node:fs';
import type { ApiClient } from './app.js';
import type { TestSandbox } from './sandbox.js';

/** An account that is connected, with its identity on the platform. */
export interface ConnectedAccount {
  readonly id: string;
  readonly externalId: string;
  readonly platform: string;
}

export interface TargetView {
  readonly id: string;
  readonly status: string;
  readonly platform: string;
  readonly accountId: string;
  readonly role: string;
  readonly late: boolean;
  readonly platformPostId?: string;
}

const CLIP = 'seeds/clips';

/** Uploads one of the committed clips. */
export const uploadClip = async (api: ApiClient, name: string): Promise<string> => {
  const form = new FormData();
  form.set('file', await openAsBlob(`${CLIP}/${name}`, { type: 'video/mp4' }), name);
  return (await api.ok<{ id: string }>('POST', '/v1/media', form)).id;
};

/** Creates an account in the sandbox and connects it. */
export const connectAccount = async (
  api: ApiClient,
  sandbox: TestSandbox,
  platform: string,
): Promise<ConnectedAccount> => {
  const { externalId, credentials } = await sandbox.createAccount(platform);
  const { id } = await api.ok<{ id: string }>('POST', '/v1/accounts', { platform, credentials });
  return { id, externalId, platform };
};

/** Schedules one post for now and answers its targets. */
export const publishNow = async (
  api: ApiClient,
  mediaId: string,
  accounts: readonly ConnectedAccount[],
  caption: string,
): Promise<readonly TargetView[]> => {
  const post = await api.ok<{ id: string; targets: TargetView[] }>('POST', '/v1/posts', {
    caption,
    mediaIds: [mediaId],
    publishNow: true,
    targets: accounts.map((account) => ({ accountId: account.id })),
  });
  return post.targets;
};

export const readTarget = (api: ApiClient, id: string): Promise<TargetView> =>
  api.ok<TargetView>('GET', `/v1/targets/${id}`);
