import { escapeHtml as e } from '../../../kernel/escape-html.js';
import type { StatusLanguage } from '../../domain/status/status-language.js';
import type { StatusIncident, StatusUpdate } from '../../domain/status/status-snapshot.js';
import { dayTime, STATUS_WORDS } from '../../domain/status/status-words.js';

/** `TikTok was down`. */
export const titleOf = ({ platformName, worstState }: StatusIncident, language: StatusLanguage): string =>
  STATUS_WORDS[language].incident(platformName, worstState === 'down');

/** `27 January 2026, 15:02 UTC to ...`, or `Since ...`. */
export const spanOf = ({ openedAt, closedAt }: StatusIncident, language: StatusLanguage): string =>
  STATUS_WORDS[language].span(dayTime(openedAt, language), closedAt === null ? undefined : dayTime(closedAt, language));

/** `We know why (posting)`. */
export const statusOf = ({ feature, status }: StatusUpdate, language: StatusLanguage): string =>
  `${STATUS_WORDS[language].updateStatuses[status]} (${feature})`;

/** One span of trouble, with what was told about it. */
export const incidentHtml = (incident: StatusIncident, language: StatusLanguage): string => {
  const words = STATUS_WORDS[language];
  const ongoing = incident.closedAt === null ? ` <span class="state bad">${e(words.ongoing)}</span>` : '';
  return `<article class="card" id="i-${incident.id}"><div class="row"><h3>${e(titleOf(incident, language))}</h3>${ongoing}</div>
<p class="note">${e(spanOf(incident, language))}</p>
${
  incident.updates.length === 0
    ? `<p>${e(words.noUpdates)}</p>`
    : `<ol class="plain">${incident.updates.map((update) => updateHtml(update, language)).join('\n')}</ol>`
}</article>`;
};

const updateHtml = (update: StatusUpdate, language: StatusLanguage): string =>
  `<li><strong>${e(statusOf(update, language))}</strong> <span class="note"><time datetime="${update.at}">${dayTime(update.at, language)}</time></span>
<div class="text">${e(update.text)}</div></li>`;
