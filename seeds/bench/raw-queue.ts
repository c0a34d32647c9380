import { PgBoss } from 'pg-boss';

const QUEUE = 'bench-raw';
const BATCH = 1_000;

/** Jobs a second that bare pg-boss fetches and completes, in batches as the pump takes them. */
export const rawFetchComplete = async (databaseUrl: string, jobs: number): Promise<number> => {
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false });
  await boss.start();
  try {
    await boss.createQueue(QUEUE);
    for (let sent = 0; sent < jobs; sent += BATCH)
      await boss.insert(
        QUEUE,
        Array.from({ length: Math.min(BATCH, jobs - sent) }, (_, n) => ({ data: { n: sent + n } })),
      );
    const startedAt = performance.now();
    for (let done = 0; done < jobs;) {
      const batch = await boss.fetch(QUEUE, { batchSize: BATCH });
      await boss.complete(
        QUEUE,
        batch.map((job) => job.id),
      );
      done += batch.length;
    }
    return Math.round((jobs / (performance.now() - startedAt)) * 1_000);
  } finally {
    await boss.deleteQueue(QUEUE);
    await boss.stop({ graceful: false });
  }
};
