import { appendFileSync } from 'node:fs';
import type { Platform } from '../../src/platforms/domain/platform.port.ts';
import type { PublishContent } from '../../src/platforms/domain/publish-content.ts';
import type { CommitOutcome, PrepareOutcome } from '../../src/platforms/domain/publish-outcome.ts';

const HOUR_MS = 3_600_000;

/**
 * A platform's own adapter, except that nothing is called: every post is live at once. Each commit leaves its marker
 * in a file, which outlives `kill -9`: the ground truth.
 */
export const withoutCalls = (inner: Platform, truthFile: string): Platform =>
  Object.assign(Object.create(inner) as Platform, {
    prepare: (_context: unknown, { marker }: PublishContent): Promise<PrepareOutcome> =>
      Promise.resolve({ kind: 'ready', resume: { handle: marker } }),
    commit: (_context: unknown, { marker }: PublishContent): Promise<CommitOutcome> => {
      appendFileSync(truthFile, `${marker}\n`);
      return Promise.resolve({ kind: 'published', platformPostId: `no-op-${marker}` });
    },
    capabilities: () => ({ ...inner.capabilities(), processingP99Ms: HOUR_MS }),
  });
