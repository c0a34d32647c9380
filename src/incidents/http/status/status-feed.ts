import { escapeHtml as e } from '../../../kernel/escape-html.js';
import type { StatusLanguage } from '../../domain/status/status-language.js';
import type { StatusIncident, StatusSnapshot } from '../../domain/status/status-snapshot.js';
import { dayTime, STATUS_WORDS } from '../../domain/status/status-words.js';
import { spanOf, statusOf, titleOf } from './status-incidents.js';

/** XML 1.0 has no way to write these. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
const xml = (text: string): string => e(text.replace(UNWRITABLE, ''));

/**
 * The incidents as an Atom feed (RFC 4287): one entry each, which is news again with every update.
 * @param pageUrl absolute address of the status page
 */
export const statusFeed = (snapshot: StatusSnapshot, language: StatusLanguage, pageUrl: string): string => {
  const entries = snapshot.incidents.map((incident) => entryXml(incident, language, pageUrl));
  const changed = [...snapshot.incidents.map(changedAt)].sort().at(-1) ?? snapshot.asOf;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${xml(pageUrl)}</id>
<title>${xml(STATUS_WORDS[language].title(snapshot.workspaceName))}</title>
<updated>${changed}</updated>
<author><name>${xml(snapshot.workspaceName)}</name></author>
<link rel="self" type="application/atom+xml" href="${xml(`${pageUrl}/feed.xml?lang=${language}`)}"/>
<link rel="alternate" type="text/html" href="${xml(`${pageUrl}?lang=${language}`)}"/>
${entries.join('\n')}
</feed>
`;
};

const changedAt = ({ openedAt, closedAt, updates }: StatusIncident): string =>
  [openedAt, closedAt ?? '', updates[0]?.at ?? ''].sort().at(-1) ?? openedAt;

const entryXml = (incident: StatusIncident, language: StatusLanguage, pageUrl: string): string => {
  const told = incident.updates.map(
    (update) => `${dayTime(update.at, language)} - ${statusOf(update, language)}\n${update.text}`,
  );
  const text = [spanOf(incident, language), ...(told.length > 0 ? told : [STATUS_WORDS[language].noUpdates])];
  return `<entry>
<id>urn:uuid:${incident.id}</id>
<title>${xml(titleOf(incident, language))}</title>
<published>${incident.openedAt}</published>
<updated>${changedAt(incident)}</updated>
<link rel="alternate" type="text/html" href="${xml(`${pageUrl}?lang=${language}#i-${incident.id}`)}"/>
<content type="text">${xml(text.join('\n\n'))}</content>
</entry>`;
};
