import { platformTitle } from '../../../platforms/domain/platform-title.js';
import { escapeHtml as e } from '../../../kernel/escape-html.js';
import type { EvidenceHead, EvidencePart, EvidenceWriter } from './evidence.js';
import { HTML_TABLES, type HtmlSection, rowsOfPart } from './evidence-html-rows.js';

/** Everything the page needs is in it: it is saved, mailed and printed. */
const STYLE = `
body{font:14px/1.45 system-ui,sans-serif;color:#111;margin:2rem auto;max-width:72rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #999}
table{border-collapse:collapse;width:100%;font-size:12px}
th,td{border:1px solid #bbb;padding:.25rem .4rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#eee}.n{text-align:right}.quiet{color:#555}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{font-weight:600}dd{margin:0}
@media print{body{margin:0;max-width:none;font-size:10pt}table{font-size:8pt}thead{display:table-header-group}
tr{break-inside:avoid}h2{break-after:avoid}a{color:inherit;text-decoration:none}}
@page{size:A4 landscape;margin:12mm}`;

const facts = (pairs: readonly (readonly [string, string])[]): string =>
  `<dl>${pairs.map(([name, value]) => `<dt>${e(name)}</dt><dd>${e(value)}</dd>`).join('')}</dl>`;

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name.replace('post.', '').replace('_', ' ')}`)
    .join(', ') || 'none';

const headOf = ({ incident, severity, workspace, window, impact, generatedAt }: EvidenceHead): string => {
  const title = `Incident: ${platformTitle(incident.platform)}, region ${incident.region}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${e(title)}</title><style>${STYLE}</style></head><body>
<h1>${e(title)}</h1>
${facts([
  ['Incident', incident.id],
  ['Workspace', workspace.name],
  ['Opened', incident.openedAt.toISOString()],
  ['Closed', incident.closedAt?.toISOString() ?? 'still open'],
  ['Severity', `${severity}; at worst ${incident.worstState}`],
  ['Capabilities affected', incident.capabilities.join(', ')],
  ['Declared because', incident.reason],
  ['First bad observation', impact.firstBadAt?.toISOString() ?? 'not known any more'],
  [
    'Observations',
    `${impact.signals.good} good, ${impact.signals.bad} bad, ${impact.signals.unknown} without an answer`,
  ],
  ['Targets that met it', `${impact.targetCount}: ${counted(impact.targets)}`],
  ['Decisions', counted(impact.decisions)],
  [
    'Went elsewhere',
    impact.elsewhere.map((to) => `${to.platform}: ${to.live} live of ${to.planned}`).join(', ') || 'nothing',
  ],
  ['People told by the backup list', String(impact.toldCount)],
  ['This report looks at', `${window.from.toISOString()} to ${window.to.toISOString()}`],
  ['Made', generatedAt.toISOString()],
])}
<p class="quiet">All times are UTC. Expected reach is the median of the account's own earlier posts at the same age;
where fewer than five are known, nothing is expected. Counters read while the platform was in trouble are marked.</p>
`;
};

const beginOf = (section: HtmlSection): string => {
  const { title, columns } = HTML_TABLES[section];
  const names = columns.map((name) => `<th>${e(name)}</th>`).join('');
  return `<h2>${e(title)}</h2>\n<table><thead><tr>${names}</tr></thead><tbody>\n`;
};

const END_OF_TABLE = '</tbody></table>\n';

/** The report as one page without script or outside resource; every text in it is escaped. */
export const evidenceAsHtml = (): EvidenceWriter => {
  let open: HtmlSection | undefined;
  const moveTo = (section: HtmlSection | undefined): string => {
    if (open === section) return '';
    const text = `${open ? END_OF_TABLE : ''}${section ? beginOf(section) : ''}`;
    open = section;
    return text;
  };
  return {
    part: (part: EvidencePart) =>
      part.kind === 'head' ? headOf(part.head) : `${moveTo(part.kind)}${rowsOfPart(part)}`,
    end: () => `${moveTo(undefined)}</body></html>\n`,
  };
};
