import type { Call } from '../clients.ts';
import { CONSENT } from '../workspace.ts';

const READERS = [
  ['ada', 'en', 'Europe/London', ['patron']],
  ['blaise', 'fr', 'Europe/Paris', ['patron', 'press']],
  ['chika', 'en', 'Africa/Lagos', []],
  ['diego', 'es', 'America/Mexico_City', ['press']],
  ['elif', 'tr', 'Europe/Istanbul', []],
  ['fumiko', 'ja', 'Asia/Tokyo', ['patron']],
  ['gilles', 'fr', 'Europe/Brussels', []],
  ['hana', 'en', 'America/New_York', ['patron']],
] as const;

const NEWS = {
  kind: 'news',
  subject: 'A month of small films',
  bodyText: `Hello,

this month: bread without a scale, four knots, and the last tram.

{% for link in links %}{{ link.title }}: {{ link.url }}
{% endfor %}
You get this mail because you asked {{ workspace.name }} for it.
Unsubscribe: {{ unsubscribeUrl }}
`,
};

/** People with a language and tags, segments of them, the sign-up form, one mail sent and one being written. */
export const growAudience = async (api: Call): Promise<void> => {
  const subscribers = READERS.map(([name, language, zone, tags]) => ({
    ...{ email: `${name}@example.org`, language, zone, tags, attributes: { city: zone.split('/')[1] ?? '' } },
    alreadyConfirmed: true,
    consent: { ...CONSENT, evidence: 'Signed the list at the market stand, 2026-01-10.' },
  }));
  await api('POST', '/v1/subscribers/bulk', { subscribers });
  await api('POST', '/v1/sign-up-forms', {
    name: 'Status page',
    title: 'Find us when the apps go dark',
    intro: 'One mail when a platform is down, with the links of today.',
    consentText: 'Mail me when a platform is down, and now and then what is new. I can leave with one click.',
    tags: ['status-page'],
  });
  await api('POST', '/v1/sign-up-forms', {
    ...{ name: 'Page de statut', language: 'fr', tags: ['status-page'] },
    title: 'Où nous trouver quand les applis tombent',
    consentText: 'Écrivez-moi quand une plateforme est en panne, et de temps en temps pour les nouveautés.',
  });
  const patrons = await api<{ id: string }>('POST', '/v1/segments', {
    name: 'Patrons',
    filter: { field: 'tags', op: 'hasAny', values: ['patron'] },
  });
  await api('POST', '/v1/segments', {
    name: 'French readers',
    filter: { field: 'language', op: 'in', values: ['fr'] },
  });
  await api('POST', '/v1/suppressions', {
    suppressions: [{ channel: 'email', address: 'never-again@example.org' }],
  });
  const sent = await api<{ id: string }>('POST', '/v1/broadcasts', { ...NEWS, segmentId: patrons.id });
  await api('POST', `/v1/broadcasts/${sent.id}/send`, {});
  await api('POST', '/v1/broadcasts', { ...NEWS, subject: 'Draft: what we learnt in the outage' });
};
