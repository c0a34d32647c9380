import type { Call } from '../demo/clients.ts';
import type { LeftRow } from './checker/rows.ts';

const READERS = 60;
const LEAVERS = 5;
const CONSENT = {
  text: 'Mail me your news.',
  textVersion: '2026-01',
  language: 'en',
  source: 'sign-up form',
  evidence: 'Confirmed by mail.',
} as const;

/** A broadcast in the middle of everything: the workers that die are the ones that mail. @returns who had left before */
export const mailEverybody = async (api: Call): Promise<readonly LeftRow[]> => {
  const emails = Array.from({ length: READERS }, (_, index) => `reader${index + 1}@example.com`);
  const subscribers = emails.map((email) => ({ email, alreadyConfirmed: true, consent: CONSENT }));
  await api('POST', '/v1/subscribers/bulk', { subscribers });
  const { items } = await api<{ items: { id: string; email: string }[] }>('GET', `/v1/subscribers?limit=${LEAVERS}`);
  const left: LeftRow[] = [];
  for (const { id, email } of items) {
    await api('DELETE', `/v1/subscribers/${id}`);
    left.push({ email, at: Date.now() });
  }
  const { id } = await api<{ id: string }>('POST', '/v1/broadcasts', {
    kind: 'news',
    subject: 'Crash run news',
    bodyText: 'Hello {{ subscriber.email }}. {{ unsubscribeUrl }}',
  });
  await api('POST', `/v1/broadcasts/${id}/send`);
  return left;
};
