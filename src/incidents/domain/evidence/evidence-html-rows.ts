import { escapeHtml as e } from '../../../kernel/escape-html.js';
import { linkOf } from './html-link.js';
import type {
  AttemptEvidence,
  Counters,
  CounterSample,
  EvidencePart,
  ReplacementEvidence,
  TargetEvidence,
} from './evidence.js';
import { expectationInWords, expectedTotal, type ReachRow, type SeenReach } from './expected-reach.js';

export type HtmlSection = Exclude<EvidencePart['kind'], 'head'>;

const COUNTERS = ['Views before', 'Views during', 'Views after'];

/** The table of each section. */
export const HTML_TABLES: Readonly<
  Record<HtmlSection, { readonly title: string; readonly columns: readonly string[] }>
> = {
  timeline: { title: 'Timeline', columns: ['At', 'Kind', 'What', 'By'] },
  update: { title: 'What the public was told', columns: ['At', 'Feature', 'Status', 'Text', 'By'] },
  target: {
    title: 'Every target and every attempt',
    columns: [
      ...['Due', 'Post', 'Account', 'Status', 'Attempt', 'Intent', 'Call', 'Answer'],
      ...['HTTP', 'Code', 'Request id', 'Detail', 'Went elsewhere', ...COUNTERS],
    ],
  },
  reach: {
    title: 'Expected reach beside what was seen',
    columns: [
      ...['Account', 'Age', 'Planned', 'Expected views per post', 'Expected in all', 'Seen here'],
      ...['Seen elsewhere'],
    ],
  },
  earlier_post: {
    title: 'Counters of posts that were live already',
    columns: ['Published', 'Post', 'Account', ...COUNTERS],
  },
  decision: { title: 'Decisions', columns: ['At', 'Target', 'Decision', 'What'] },
  signals: { title: 'Observations per minute', columns: ['At', 'What'] },
};

const rowOf = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;

const at = (instant: Date | undefined): string => (instant ? e(instant.toISOString()) : '');

const sampleOf = (sample: CounterSample | undefined): string => {
  if (!sample) return '';
  const views = sample.views === undefined ? 'not told' : String(sample.views);
  return `${views}${sample.suspect ? ' (in trouble)' : ''}<br><span class="quiet">${at(sample.at)}</span>`;
};

const counterCells = ({ before, during, after }: Counters): readonly string[] => [before, during, after].map(sampleOf);

const carrierOf = ({ platform, account, status, publishedAt, permalink }: ReplacementEvidence): string => {
  const name = `${platform} ${account}: ${status}${publishedAt ? ` ${publishedAt.toISOString()}` : ''}`;
  return permalink ? linkOf(permalink, name) : e(name);
};

const attemptCells = (attempt: AttemptEvidence): readonly string[] => [
  e(`${attempt.no}: ${attempt.state}${attempt.purpose === 'remove' ? ' (removal)' : ''}`),
  at(attempt.intentAt),
  at(attempt.callStartedAt),
  at(attempt.outcomeAt),
  attempt.httpStatus === undefined ? '' : String(attempt.httpStatus),
  e(attempt.platformCode ?? ''),
  e(attempt.requestId ?? ''),
  e(attempt.detail ?? ''),
];

const NEVER_TRIED = ['never tried', '', '', '', '', '', '', ''];

const statusOf = (target: TargetEvidence): string => {
  const { status, late, holdReason, error, permalink } = target;
  const words = [
    `${status}${late ? ', late' : ''}${holdReason ? `: ${holdReason}` : ''}`,
    ...(error
      ? [`${error.category}${error.outcome ? `, ${error.outcome}` : ''}${error.detail ? `: ${error.detail}` : ''}`]
      : []),
  ].map(e);
  return [...words, ...(permalink ? [linkOf(permalink, 'link')] : [])].join('<br>');
};

const targetRows = (target: TargetEvidence): string => {
  const first = [at(target.scheduledAt), e(target.title), e(target.account), statusOf(target)];
  const last = [target.replacements.map(carrierOf).join('<br>'), ...counterCells(target.counters)];
  const [attempt, ...more] = target.attempts.map(attemptCells);
  const again = ['', `<span class="quiet">same</span>`, '', ''];
  return [
    rowOf([...first, ...(attempt ?? NEVER_TRIED), ...last]),
    ...more.map((cells) => rowOf([...again, ...cells, ...last.map(() => '')])),
  ].join('');
};

const seenOf = ({ live, measured, views, suspect }: SeenReach): string =>
  e(
    live === 0
      ? 'nothing live'
      : `${views} views of ${measured} measured, ${live} live${suspect > 0 ? `; ${suspect} read in trouble` : ''}`,
  );

const reachRow = (row: ReachRow): string =>
  rowOf([
    e(`${row.account} (${row.platform})`),
    e(`${row.ageSeconds / 3_600} h`),
    String(row.planned),
    e(expectationInWords(row.expected)),
    String(expectedTotal(row) ?? 'not enough history'),
    seenOf(row.here),
    seenOf(row.elsewhere),
  ]);

/** The table rows of a part. */
export const rowsOfPart = (part: Exclude<EvidencePart, { kind: 'head' }>): string => {
  switch (part.kind) {
    case 'timeline': {
      const { entry } = part;
      return rowOf([at(entry.at), e(`${entry.kind}: ${entry.type}`), e(entry.text), e(entry.actor ?? '')]);
    }
    case 'update': {
      const { update } = part;
      return rowOf([at(update.at), e(update.feature), e(update.status), e(update.text), e(update.author)]);
    }
    case 'target':
      return targetRows(part.target);
    case 'reach':
      return reachRow(part.row);
    case 'earlier_post': {
      const { publishedAt, title, account, counters } = part.post;
      return rowOf([at(publishedAt), e(title), e(account), ...counterCells(counters)]);
    }
    case 'decision': {
      const { entry } = part;
      return rowOf([at(entry.at), e(entry.subjectId ?? ''), e(entry.type), e(entry.text)]);
    }
    case 'signals':
      return rowOf([at(part.entry.at), e(part.entry.text)]);
  }
};
