import type { Call } from '../clients.ts';

/** The owned channels and the one that a person posts to by hand. */
export interface MoreAccounts {
  readonly discord: string;
  readonly telegram: string;
  readonly upscrolled: string;
}

export const OWNER = { email: 'mara@studio.example', name: 'Mara Nord', password: 'correct horse battery' } as const;

/** Connects what the replay of the outage does without. */
export const connectMore = async (api: Call, sandbox: Call): Promise<MoreAccounts> => {
  const connected: Partial<Record<keyof MoreAccounts, string>> = {};
  for (const platform of ['discord', 'telegram'] as const) {
    const { credentials } = await sandbox<{ credentials: unknown }>('POST', 'accounts', { platform });
    const { id } = await api<{ id: string }>('POST', '/v1/accounts', { platform, credentials });
    connected[platform] = id;
  }
  const { id } = await api<{ id: string }>('POST', '/v1/accounts', {
    platform: 'upscrolled',
    displayName: 'Mara, by hand',
    credentials: { mode: 'handoff', notifyEmail: OWNER.email },
  });
  return { ...(connected as Required<typeof connected>), upscrolled: id };
};
