import type { Call } from '../clients.ts';
import { OWNER } from './accounts.ts';

/** The owner, two people who are asked in, a key for a script, and who is told what. */
export const gatherTeam = async (api: Call): Promise<void> => {
  await api('POST', '/v1/members', OWNER);
  for (const [email, role] of [
    ['jonas@studio.example', 'editor'],
    ['priya@studio.example', 'approver'],
  ])
    await api('POST', '/v1/invites', { email, role });
  await api('POST', '/v1/api-keys', { name: 'Nightly export', scopes: ['posts:read'] });
  const webhook = await api<{ id: string }>('POST', '/v1/webhooks', {
    url: 'https://hooks.example.com/perennial',
    description: 'Studio chat',
    events: ['platform.down', 'platform.recovered', 'drill.finished'],
  });
  await api('POST', '/v1/notification-channels', {
    ...{ name: 'Studio chat', kind: 'webhook', webhookId: webhook.id, minSeverity: 'warning' },
    quietHours: { from: '22:00', to: '07:00', zone: 'America/New_York' },
  });
};
