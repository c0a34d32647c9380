import type { BroadcastContent } from './broadcast.js';

const LINKS = `{% for link in links %}{{ link.title }}
{{ link.platformName }}: {{ link.url }}

{% endfor %}`;

/** What a blackout draft says until someone edits it. Links are looked up when it is sent. */
export const BLACKOUT_TEMPLATE: BroadcastContent = {
  subject:
    "{{ incident.platformName }} is down; {% if links.size > 0 %}today's video is here{% else %}we are still here{% endif %}",
  bodyText: `{{ incident.platformName }} has trouble, so you may not see us there.

{% if links.size > 0 %}Today's video is here instead:

${LINKS}{% else %}Our next video will be posted elsewhere; we write again when it is live.

{% endif %}You get this mail because you asked {{ workspace.name }} for it.
Unsubscribe: {{ unsubscribeUrl }}
`,
  bodyHtml: null,
};

/** What an all-clear draft says until someone edits it. */
export const ALL_CLEAR_TEMPLATE: BroadcastContent = {
  subject: '{{ incident.platformName }} is back',
  bodyText: `{{ incident.platformName }} works again, and so do we.

{% if links.size > 0 %}What you may have missed:

${LINKS}{% endif %}You get this mail because you asked {{ workspace.name }} for it.
Unsubscribe: {{ unsubscribeUrl }}
`,
  bodyHtml: null,
};

const PLATFORM_TITLES: Readonly<Record<string, string>> = {
  tiktok: 'TikTok',
  reels: 'Instagram Reels',
  shorts: 'YouTube Shorts',
  skylight: 'Skylight',
};

/** A platform's name as readers know it. */
export const platformTitle = (platform: string): string => PLATFORM_TITLES[platform] ?? platform;
