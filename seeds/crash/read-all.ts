import type { Stage } from './stage.ts';
import { readTables } from './tables.ts';
import { readMails, readPosts } from './truth.ts';
import type { Watch } from './watch.ts';

/** Tables and ground truth as they are now, with what was seen on the way. */
export const readAll = async ({ db, sandbox }: Stage, { log, snapshots }: Watch) => {
  await log.follow();
  const tables = await readTables(db);
  return { ...tables, truth: await readPosts(sandbox), mails: await readMails(sandbox), calls: log.calls, snapshots };
};
