import type { BroadcastContent } from '../sending/broadcast.js';

const LINKS = `{% for link in links %}{{ link.title }}
{{ link.platformName }}: {{ link.url }}

{% endfor %}`;

const FOOTER = `You get this mail because you asked {{ workspace.name }} for it.
Unsubscribe: {{ unsubscribeUrl }}
`;

/** What a blackout draft says until someone edits it. Links are looked up when it is sent; the page goes on with them. */
export const BLACKOUT_TEMPLATE: BroadcastContent = {
  subject:
    "{{ incident.platformName }} is down; {% if links.size > 0 %}today's video is here{% else %}we are still here{% endif %}",
  bodyText: `{{ incident.platformName }} has trouble, so you may not see us there.

{% if links.size > 0 %}Today's video is here instead:

${LINKS}{% else %}Our next video will be posted elsewhere.

{% endif %}Where everything is, kept up to date: {{ pageUrl }}

${FOOTER}`,
  bodyHtml: null,
};

/** What an all-clear draft says until someone edits it. */
export const ALL_CLEAR_TEMPLATE: BroadcastContent = {
  subject: '{{ incident.platformName }} is back',
  bodyText: `{{ incident.platformName }} works again, and so do we.

{% if links.size > 0 %}What you may have missed:

${LINKS}{% endif %}Where everything is: {{ pageUrl }}

${FOOTER}`,
  bodyHtml: null,
};

/** One line for a phone: the platform's name and our page of links, which fits one message of 160 characters mostly. */
export const smsNotice = (
  kind: 'blackout' | 'all_clear',
  about: { readonly workspaceName: string; readonly platformName: string; readonly pageUrl: string },
): string =>
  kind === 'blackout'
    ? `${about.workspaceName}: ${about.platformName} is down. Today's video is here: ${about.pageUrl} Reply STOP to end.`
    : `${about.workspaceName}: ${about.platformName} is back. All videos: ${about.pageUrl} Reply STOP to end.`;
