import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { AbsenceRule, Platform } from '../../src/platforms/domain/platform.port.ts';
import type { PublishContent } from '../../src/platforms/domain/publish-content.ts';
import type {
  CheckOutcome,
  CommitOutcome,
  FindOutcome,
  MetricsOutcome,
  PrepareOutcome,
  ResumeToken,
} from '../../src/platforms/domain/publish-outcome.ts';

const HOUR_MS = 3_600_000;
const CALL_MS = 10_000;
/** Nothing lands late: who was killed before the line was written never writes it. */
const RULE: AbsenceRule = { witness: 'handle', reads: 1, spacingSeconds: 0, holdSeconds: 0 };

/**
 * A platform's own adapter, except that nothing is called: every post is live at once. Each commit leaves its marker
 * in a file, which outlives `kill -9`: the ground truth, which looks are answered from.
 */
export const withoutCalls = (inner: Platform, truthFile: string): Platform =>
  Object.assign(Object.create(inner) as Platform, {
    prepare: (_context: unknown, { marker }: PublishContent): Promise<PrepareOutcome> =>
      Promise.resolve({ kind: 'ready', resume: { handle: marker } }),
    commit: (_context: unknown, { marker }: PublishContent): Promise<CommitOutcome> => {
      appendFileSync(truthFile, `${marker}\n`);
      return Promise.resolve({ kind: 'published', platformPostId: `no-op-${marker}` });
    },
    // What a killed worker left in doubt is looked up where the truth is.
    absenceRule: RULE,
    absenceRuleOf: () => RULE,
    check: (_context: unknown, { handle = '' }: ResumeToken): Promise<CheckOutcome> =>
      Promise.resolve(
        hasMarker(truthFile, handle) ? { kind: 'published', platformPostId: `no-op-${handle}` } : { kind: 'absent' },
      ),
    find: (): Promise<FindOutcome> => Promise.resolve({ kind: 'listed', posts: [] }),
    metricsOf: (_context: unknown, ids: readonly string[]): Promise<ReadonlyMap<string, MetricsOutcome>> =>
      Promise.resolve(new Map(ids.map((id) => [id, { kind: 'no_data' }]))),
    // Absence is believed when a call's time is over: nobody waits two minutes for a line in a file.
    capabilities: () => ({ ...inner.capabilities(), commitTimeoutMs: CALL_MS, processingP99Ms: HOUR_MS }),
  });

const hasMarker = (truthFile: string, marker: string): boolean =>
  existsSync(truthFile) && readFileSync(truthFile, 'utf8').split('\n').includes(marker);
