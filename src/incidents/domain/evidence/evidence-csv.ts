import { csvCell } from '../../../publishing/domain/metrics/csv.js';
import type { LedgerEntry } from '../ledger/ledger-entry.js';
import {
  type AttemptEvidence,
  type CounterSample,
  type Counters,
  type EvidencePart,
  type EvidenceWriter,
  type TargetEvidence,
} from './evidence.js';
import { expectedTotal, type ReachRow } from './expected-reach.js';

/** One table for everything: `row` says which kind a line is; columns that do not concern it stay empty. */
const COLUMNS = [
  ...['row', 'at', 'kind', 'type', 'text', 'actor', 'targetId', 'postId', 'title', 'account', 'platform', 'role'],
  ...['status', 'scheduledAt', 'publishedAt', 'late', 'permalink', 'errorCategory', 'outcome', 'errorDetail'],
  ...['attemptNo', 'attemptState', 'intentAt', 'callStartedAt', 'outcomeAt', 'httpStatus', 'platformCode'],
  ...['requestId', 'answerDetail', 'replacedBy', 'replacementStatus', 'replacementPublishedAt'],
  ...['viewsBefore', 'viewsDuring', 'viewsAfter', 'countersSuspect'],
  ...['ageSeconds', 'planned', 'expectedViews', 'expectedSampleSize', 'expectedTotal'],
  ...['seenLive', 'seenMeasured', 'seenViews', 'elsewhereLive', 'elsewhereMeasured', 'elsewhereViews', 'remark'],
] as const;

type Cell = string | number | boolean | Date | undefined | null;
type Row = Partial<Record<(typeof COLUMNS)[number], Cell>>;

const cellOf = (value: Cell): string => {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  return csvCell(typeof value === 'boolean' ? String(value) : value);
};

const lineOf = (row: Row): string => `${COLUMNS.map((name) => cellOf(row[name])).join(',')}\r\n`;

const entryRow = (row: string, { at, kind, type, text, actor, subjectId }: LedgerEntry): Row => ({
  row,
  at,
  kind,
  type,
  text,
  actor,
  ...(kind === 'decision' ? { targetId: subjectId } : {}),
});

const isSuspect = (sample: CounterSample | undefined): boolean => sample?.suspect ?? false;

const counterCells = ({ before, during, after }: Counters): Row => ({
  viewsBefore: before?.views,
  viewsDuring: during?.views,
  viewsAfter: after?.views,
  countersSuspect: isSuspect(before) || isSuspect(during) || isSuspect(after),
});

const targetCells = (target: TargetEvidence): Row => {
  const [carrier] = target.replacements;
  return {
    row: 'attempt',
    targetId: target.targetId,
    postId: target.postId,
    title: target.title,
    account: target.account,
    platform: target.platform,
    role: target.role,
    status: target.status,
    scheduledAt: target.scheduledAt,
    publishedAt: target.publishedAt,
    late: target.late,
    permalink: target.permalink,
    errorCategory: target.error?.category,
    outcome: target.error?.outcome,
    errorDetail: target.error?.detail,
    ...(carrier
      ? {
          replacedBy: carrier.platform,
          replacementStatus: carrier.status,
          replacementPublishedAt: carrier.publishedAt,
        }
      : {}),
    ...counterCells(target.counters),
  };
};

const attemptCells = (attempt: AttemptEvidence): Row => ({
  at: attempt.createdAt,
  attemptNo: attempt.no,
  attemptState: attempt.state,
  intentAt: attempt.intentAt,
  callStartedAt: attempt.callStartedAt,
  outcomeAt: attempt.outcomeAt,
  httpStatus: attempt.httpStatus,
  platformCode: attempt.platformCode,
  requestId: attempt.requestId,
  answerDetail: attempt.detail,
});

/** One line per attempt; a target that was never tried has one line too. */
const targetRows = (target: TargetEvidence): readonly Row[] =>
  target.attempts.length === 0
    ? [{ ...targetCells(target), row: 'target', remark: 'never tried' }]
    : target.attempts.map((attempt) => ({ ...targetCells(target), ...attemptCells(attempt) }));

const reachRow = (row: ReachRow): Row => ({
  row: 'reach',
  account: row.account,
  platform: row.platform,
  ageSeconds: row.ageSeconds,
  planned: row.planned,
  expectedViews: row.expected.kind === 'expected' ? Math.round(row.expected.median) : undefined,
  expectedSampleSize: row.expected.sampleSize,
  expectedTotal: expectedTotal(row),
  seenLive: row.here.live,
  seenMeasured: row.here.measured,
  seenViews: row.here.views,
  countersSuspect: row.here.suspect > 0,
  elsewhereLive: row.elsewhere.live,
  elsewhereMeasured: row.elsewhere.measured,
  elsewhereViews: row.elsewhere.views,
  remark: row.expected.kind === 'expected' ? '' : 'not enough history',
});

const rowsOf = (part: EvidencePart): readonly Row[] => {
  switch (part.kind) {
    case 'head':
      return [];
    case 'timeline':
    case 'decision':
    case 'signals':
      return [entryRow(part.kind, part.entry)];
    case 'update': {
      const { at, feature, status, text, author } = part.update;
      return [{ row: 'update', at, kind: feature, type: status, text, actor: author }];
    }
    case 'target':
      return targetRows(part.target);
    case 'reach':
      return [reachRow(part.row)];
    case 'earlier_post': {
      const { targetId, title, account, publishedAt, counters } = part.post;
      return [{ row: 'earlier_post', targetId, title, account, publishedAt, ...counterCells(counters) }];
    }
  }
};

/** The report as RFC 4180 CSV, safe to open in a spreadsheet. */
export const evidenceAsCsv = (): EvidenceWriter => ({
  part: (part) => `${part.kind === 'head' ? `${COLUMNS.join(',')}\r\n` : ''}${rowsOf(part).map(lineOf).join('')}`,
  end: () => '',
});
