import pg from 'pg';
import type { Seeded } from '../seed.ts';
import type { Stage } from '../stage.ts';
import { connectMore } from './accounts.ts';
import { growAudience } from './audience.ts';
import { fillLibrary, openQueues } from './library.ts';
import { nameStudio, rehearse, tellTheAudience } from './outage.ts';
import { writePast } from './past.ts';
import { plan } from './plans.ts';
import { leaveUndone } from './undone.ts';
import { gatherTeam } from './team.ts';

/**
 * Makes the replayed outage a day in the life of a studio: a library, queues, a team, readers, and weeks behind it. All
 * over the public API but the past, which no API writes.
 */
export const furnish = async (
  { api, sandbox, databaseUrl }: Stage,
  seeded: Seeded,
  say: (line: string) => void,
): Promise<void> => {
  await nameStudio(api);
  await fillLibrary(api, seeded);
  say('library: evergreen posts with tags and wordings');
  const db = new pg.Client({ connectionString: databaseUrl });
  // The server goes down with the app when the demo is interrupted.
  db.on('error', () => undefined);
  await db.connect();
  try {
    await writePast(db);
    say('past: four weeks of posts with their counters, and an outage in the second');
    await openQueues(api, seeded);
    const more = await connectMore(api, sandbox);
    await plan(api, seeded, more);
    await leaveUndone(api, db, seeded, more);
    say('plans: two queues, a recurring post, dates, a draft; a hand-off, a hold, a question, a way round');
  } finally {
    await db.end();
  }
  await gatherTeam(api);
  await growAudience(api);
  await tellTheAudience(api);
  say('people: owner, invitations, readers, segments, mails, updates for the public');
  await rehearse(api);
  say('drills: two rehearsed, one every Monday');
};
