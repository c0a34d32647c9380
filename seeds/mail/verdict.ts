import type pg from 'pg';
import type { Sink } from './sink.ts';

/** Connections, and so messages in hand, of one sender. */
const CONNECTIONS = 10;
/** What the ledger says of a row whose sender is gone. */
const STOPPED = 'The sender stopped before the outcome was stored.';

/** What became of everyone, by the mail server's count beside the ledger's. */
export interface Verdict {
  readonly recipients: number;
  readonly kills: number;
  /** Connections of one sender. */
  readonly connections: number;
  /** Connections the mail server cut before and after a whole body. */
  readonly cuts: { readonly before: number; readonly after: number };
  /** No copy came, and the ledger does not say that it cannot know. */
  readonly lost: number;
  /** More than one whole copy came. */
  readonly duplicated: number;
  /** The ledger cannot know; never sent again. At most one per connection of each killed sender, cut ones included. */
  readonly unknown: number;
  /** Those of them that killed senders had in their hands; the others lost the server's answer. */
  readonly unknownByKills: number;
  /** Of those, whom a copy reached all the same. */
  readonly unknownArrived: number;
  readonly ok: boolean;
}

interface Row {
  readonly email: string;
  readonly state: string;
  readonly reply: string | null;
}

export const verdictOf = async (
  db: pg.Client,
  run: { readonly broadcastId: string; readonly sink: Sink; readonly kills: number; readonly recipients: number },
): Promise<Verdict> => {
  const { rows } = await db.query<Row>(
    `select s.email, r.state, r.reply from broadcast_recipient r join subscriber s on s.id = r.subscriber_id
      where r.broadcast_id = $1`,
    [run.broadcastId],
  );
  const copiesOf = (email: string): number => run.sink.copies.get(email) ?? 0;
  const unknown = rows.filter(({ state }) => state === 'unknown');
  const lost = rows.filter(({ email, state }) => copiesOf(email) === 0 && state !== 'unknown');
  for (const { email, state, reply } of lost) process.stderr.write(`LOST ${email}: ${state} ${reply ?? ''}\n`);
  const missing = run.recipients - rows.length;
  const duplicated = [...run.sink.copies.values()].filter((copies) => copies > 1).length;
  return {
    recipients: run.recipients,
    kills: run.kills,
    connections: CONNECTIONS,
    cuts: { ...run.sink.cuts },
    lost: lost.length + missing,
    duplicated,
    unknown: unknown.length,
    unknownByKills: unknown.filter(({ reply }) => reply === STOPPED).length,
    unknownArrived: unknown.filter(({ email }) => copiesOf(email) > 0).length,
    ok: lost.length + missing === 0 && duplicated === 0 && unknown.length <= run.kills * CONNECTIONS,
  };
};
