import { platformTitle } from '../../../platforms/domain/platform-title.js';
import type { LedgerEntry } from '../ledger/ledger-entry.js';
import type { IncidentUpdate } from '../updates/incident-update.js';
import type { EvidenceHead } from './evidence.js';
import { expectationInWords, expectedTotal, type ReachRow } from './expected-reach.js';
import { openQuestions } from './open-questions.js';
import { counted } from './plural.js';

/** What a draft stands on; lists are cut and say so. */
export interface PostmortemFacts {
  readonly head: EvidenceHead;
  /** Changes, overrides, messages and notes, oldest first. */
  readonly timeline: readonly LedgerEntry[];
  readonly hasMoreTimeline: boolean;
  readonly updates: readonly IncidentUpdate[];
  /** Both ages of each account. */
  readonly reach: readonly ReachRow[];
  readonly hasMoreReach: boolean;
}

const MARKS = /[\\`*_{}[\]()#+!|<>~]/g;

/** Text that Markdown shows as it is, on one line. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(MARKS, (mark) => `\\${mark}`);

const md = escapeMarkdown;

const lengthOf = (fromMs: number, toMs: number): string => {
  const minutes = Math.max(0, Math.round((toMs - fromMs) / 60_000));
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24];
  return [days > 0 ? `${days} d` : '', hours > 0 ? `${hours} h` : '', `${minutes % 60} min`].filter(Boolean).join(' ');
};

const summary = ({ incident, severity, impact, generatedAt }: EvidenceHead): readonly string[] => {
  const end = incident.closedAt ?? generatedAt;
  const { firstBadAt } = impact;
  const seconds = firstBadAt && Math.round((incident.openedAt.getTime() - firstBadAt.getTime()) / 1_000);
  return [
    `- **Platform**: ${md(platformTitle(incident.platform))}, region ${md(incident.region)}`,
    `- **Severity**: ${severity}; at worst ${incident.worstState}; affected: ${incident.capabilities.map(md).join(', ')}`,
    `- **Opened**: ${incident.openedAt.toISOString()}`,
    `- **Closed**: ${incident.closedAt?.toISOString() ?? 'still open'} (${lengthOf(incident.openedAt.getTime(), end.getTime())})`,
    ...(incident.reopenedCount > 0
      ? [`- **Came back**: ${counted(incident.reopenedCount, 'time')} within six hours`]
      : []),
    `- **Detection**: ${seconds === undefined ? 'the first bad observation is not known any more' : `declared ${seconds} s after the first bad observation`}`,
    `- **Declared because**: ${md(incident.reason)}`,
  ];
};

const counts = (of: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(of).map(([name, count]) => `| ${md(name)} | ${count} |`);

const impactLines = ({ impact }: EvidenceHead): readonly string[] => [
  `${counted(impact.targetCount, 'target')} met it; ${impact.lateCount} of the live ones confirmed late; ` +
    `${counted(impact.duplicateCount, 'second copy', 'second copies')}; ` +
    `${counted(impact.toldCount, 'person', 'people')} told by the backup list.`,
  '',
  '| status now | targets |',
  '|---|---|',
  ...counts(impact.targets),
  '',
  '| decision | times |',
  '|---|---|',
  ...counts(impact.decisions),
];

const elsewhereLines = ({ impact }: EvidenceHead): readonly string[] =>
  impact.elsewhere.length === 0
    ? ['Nothing went elsewhere.']
    : [
        '| platform | planned | live |',
        '|---|---|---|',
        ...impact.elsewhere.map(({ platform, planned, live }) => `| ${md(platform)} | ${planned} | ${live} |`),
      ];

const reachLine = (row: ReachRow): string =>
  `| ${md(row.account)} | ${row.ageSeconds / 3_600} h | ${row.planned} | ${expectationInWords(row.expected)} | ` +
  `${expectedTotal(row) ?? 'not enough history'} | ${row.here.views} (${row.here.measured} measured) | ` +
  `${row.elsewhere.views} (${row.elsewhere.measured} measured) |`;

const reachLines = ({ reach, hasMoreReach }: PostmortemFacts): readonly string[] =>
  reach.length === 0
    ? ['No account had posts due.']
    : [
        'Views at an age after publishing. What is expected is the median of the account’s own earlier posts.',
        '',
        '| account | age | planned | expected per post | expected in all | seen here | seen elsewhere |',
        '|---|---|---|---|---|---|---|',
        ...reach.map(reachLine),
        ...(hasMoreReach ? ['', 'More accounts are in the evidence report.'] : []),
      ];

const timelineLine = ({ at, kind, text, actor }: LedgerEntry): string =>
  `- ${at.toISOString()} ${kind}${actor ? ` (${md(actor)})` : ''}: ${md(text)}`;

const updateLine = ({ at, feature, status, text }: IncidentUpdate): string =>
  `- ${at.toISOString()} ${md(feature)}, ${status}: ${md(text)}`;

const orNone = (lines: readonly string[]): readonly string[] => (lines.length > 0 ? lines : ['None.']);

/** A postmortem to go on writing, as Markdown: what is known is filled in, what is not is asked. */
export const postmortemOf = (facts: PostmortemFacts): string => {
  const { head, timeline, hasMoreTimeline, updates } = facts;
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Summary', summary(head)],
    ['Impact', impactLines(head)],
    ['What went elsewhere', elsewhereLines(head)],
    ['Reach', reachLines(facts)],
    [
      'Timeline',
      [...orNone(timeline.map(timelineLine)), ...(hasMoreTimeline ? ['- More is in the evidence report.'] : [])],
    ],
    ['What the public was told', orNone(updates.map(updateLine))],
    ['Open questions', openQuestions(head, facts.reach).map((question) => `- [ ] ${question}`)],
    ['What went well', ['_To be written._']],
    ['What we change', ['- [ ] _Who does what by when?_']],
  ];
  const title = `# Postmortem (draft): ${md(platformTitle(head.incident.platform))}, region ${md(head.incident.region)}, ${head.incident.openedAt.toISOString().slice(0, 10)}`;
  const body = sections.map(([name, lines]) => `## ${name}\n\n${lines.join('\n')}\n`);
  return [
    `${title}\n`,
    `Drafted ${head.generatedAt.toISOString()} for ${md(head.workspace.name)}. All times are UTC.\n`,
    ...body,
  ].join('\n');
};
