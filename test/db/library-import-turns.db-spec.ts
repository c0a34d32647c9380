import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AppConfig } from '../../src/infra/config/app-config.js';
import { Boss } from '../../src/infra/jobs/boss.js';
import type { FetchImport } from '../../src/library/application/fetch-import.js';
import { BossImportQueue } from '../../src/library/infrastructure/boss-import-queue.js';
import { ImportMediaJob } from '../../src/library/jobs/import-media.job.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

describe('whose import comes next', () => {
  let db: TestDatabase;
  let boss: Boss;

  beforeAll(async () => {
    db = await createTestDatabase();
    boss = new Boss(db.dataSource, false);
    await boss.onModuleInit();
  });
  afterAll(async () => {
    await boss.onApplicationShutdown();
    await db.drop();
  });

  it('a workspace whose addresses drip for hours keeps no other waiting', async () => {
    const queue = new BossImportQueue(boss);
    const [dripping, quick] = [randomUUID(), randomUUID()];
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const quickId = randomUUID();
    const began = new Promise<void>((resolve) => {
      const runOnce = async (id: string) => {
        if (id === quickId) resolve();
        else await ended;
        return 'done' as const;
      };
      const job = new ImportMediaJob({ publishes: true } as AppConfig, boss, { runOnce } as unknown as FetchImport);
      const send = (id: string, workspaceId: string) => db.database.run((tx) => queue.enqueue({ id, workspaceId }, tx));
      void boss.engine.createQueue('library-import').then(async () => {
        for (let no = 0; no < 8; no += 1) await send(randomUUID(), dripping);
        await send(quickId, quick);
        await job.onApplicationBootstrap();
      });
    });
    await expect(began).resolves.toBeUndefined();
    end();
  });
});
