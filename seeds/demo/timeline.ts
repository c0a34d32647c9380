import type pg from 'pg';

/** Says each thing that happened as it happens, by following the event outbox. */
export class Timeline {
  private lastId = '0';
  /** Seconds after the outage began when TikTok was first called degraded or down. */
  detectedAt: Date | undefined;
  private readonly tallies = new Map<string, number>();
  private readonly db: pg.Client;
  private readonly say: (line: string) => void;

  constructor(db: pg.Client, say: (line: string) => void) {
    this.db = db;
    this.say = say;
  }

  /** Tells what is new since the last call. */
  async follow(): Promise<void> {
    const { rows } = await this.db.query<EventRow>(
      `select id, type, payload, at from event where id > $1 order by id limit 500`,
      [this.lastId],
    );
    for (const row of rows) {
      this.lastId = row.id;
      this.tell(row);
    }
  }

  private tell({ type, payload, at }: EventRow): void {
    const { platform = '' } = payload;
    this.tallies.set(type, (this.tallies.get(type) ?? 0) + 1);
    if (platform === 'tiktok' && (type === 'platform.down' || type === 'platform.degraded')) this.detectedAt ??= at;
    const line = lineOf(type, payload);
    if (line) this.say(line);
  }

  countOf(type: string): number {
    return this.tallies.get(type) ?? 0;
  }
}

interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly payload: Readonly<Record<string, string | undefined>>;
  readonly at: Date;
}

const lineOf = (type: string, payload: EventRow['payload']): string | undefined => {
  const { platform = '', reason = '', cause = '' } = payload;
  switch (type) {
    case 'platform.degraded':
      return `DETECTED   ${platform} is degraded: ${reason}`;
    case 'platform.down':
      return `DETECTED   ${platform} is down: ${reason}`;
    case 'platform.recovered':
      return `RECOVERED  ${platform}: ${reason}`;
    case 'post.unconfirmed':
      return `UNKNOWN    ${platform} did not answer; asking, not repeating`;
    case 'post.reconciled':
      return `FOUND LIVE on ${platform}, late: adopted, not sent again`;
    case 'post.rerouted':
      return `REROUTED   to ${platform}`;
    case 'post.held':
      return `HELD       for ${platform}`;
    case 'post.published':
      return cause === 'found_live' ? undefined : `live       on ${platform}`;
    case 'post.failed':
    case 'post.missed':
    case 'post.needs_decision':
      return `${type.slice(5).toUpperCase().padEnd(10)} on ${platform}`;
    case 'broadcast.sent':
      return `MAILED     the backup list`;
    default:
      return undefined;
  }
};
