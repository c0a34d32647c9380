import type { EvidenceHead, EvidencePart, TargetEvidence } from '../../src/incidents/domain/evidence/evidence.js';
import type { ReachRow } from '../../src/incidents/domain/evidence/expected-reach.js';
import type { LedgerEntry } from '../../src/incidents/domain/ledger/ledger-entry.js';

const at = (hour: number) => new Date(Date.UTC(2026, 0, 25, hour));

export const headOf = (more: Partial<EvidenceHead['incident']> = {}): EvidenceHead => ({
  incident: {
    id: '0190a000-0000-7000-8000-000000000001',
    platform: 'tiktok',
    region: 'us',
    openedAt: at(10),
    closedAt: at(14),
    reopenedCount: 0,
    worstState: 'down',
    reason: '3 bad of 3 <probes>',
    capabilities: ['publish', 'read'],
    ...more,
  },
  severity: 'critical',
  workspace: { id: 'w', name: 'Bread & <Butter>' },
  window: { from: at(9), to: at(15) },
  impact: {
    targets: { rerouted: 2, missed: 1 },
    targetCount: 3,
    lateCount: 0,
    decisions: { 'post.rerouted': 2, 'post.missed': 1 },
    elsewhere: [{ platform: 'shorts', planned: 2, live: 1 }],
    duplicateCount: 0,
    signals: { good: 5, bad: 40, unknown: 7 },
    firstBadAt: new Date(at(10).getTime() - 30_000),
    toldCount: 12,
  },
  generatedAt: at(16),
});

export const entryOf = (more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id: 'e',
  at: at(11),
  kind: 'note',
  type: 'workspace',
  workspaceId: 'w',
  subjectId: null,
  actor: 'key:abc',
  text: 'Rang them.',
  data: {},
  ...more,
});

export const targetOf = (more: Partial<TargetEvidence> = {}): TargetEvidence => ({
  targetId: 't',
  postId: 'p',
  title: 'Bread in a minute',
  accountId: 'a',
  account: 'Bread',
  platform: 'tiktok',
  role: 'origin',
  status: 'rerouted',
  scheduledAt: at(11),
  late: false,
  attempts: [],
  replacements: [],
  counters: {},
  ...more,
});

export const reachOf = (more: Partial<ReachRow> = {}): ReachRow => ({
  accountId: 'a',
  account: 'Bread',
  platform: 'tiktok',
  ageSeconds: 86_400,
  planned: 3,
  expected: { kind: 'expected', median: 100, low: 80, high: 130, sampleSize: 9 },
  here: { live: 0, measured: 0, views: 0, suspect: 0 },
  elsewhere: { live: 1, measured: 1, views: 40, suspect: 0 },
  ...more,
});

/** A small report with one piece of each section. */
export const reportOf = (): EvidencePart[] => [
  { kind: 'head', head: headOf() },
  { kind: 'timeline', entry: entryOf() },
  {
    kind: 'target',
    target: targetOf({
      attempts: [
        { no: 1, purpose: 'publish', state: 'unavailable', createdAt: at(11), httpStatus: 503, requestId: 'log-1' },
        { no: 2, purpose: 'publish', state: 'unknown', createdAt: at(12), platformCode: 'internal_error' },
      ],
      counters: { during: { at: at(12), views: 0, suspect: true }, after: { at: at(15), views: 900, suspect: false } },
    }),
  },
  { kind: 'target', target: targetOf({ targetId: 'u', status: 'missed' }) },
  { kind: 'reach', row: reachOf() },
  { kind: 'signals', entry: entryOf({ kind: 'signal', text: '5 good.' }) },
];
