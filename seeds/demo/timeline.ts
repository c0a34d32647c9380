import type pg from 'pg';

/** Says each thing that happened as it happens, by following the event outbox. */
export class Timeline {
  private lastId = '0';
  /** When TikTok was first called degraded or down. */
  detectedAt: Date | undefined;
  private readonly db: pg.Client;
  private readonly say: (line: string) => void;

  constructor(db: pg.Client, say: (line: string) => void) {
    this.db = db;
    this.say = say;
  }

  /** Tells what is new since the last call. */
  async follow(): Promise<void> {
    const { rows } = await this.db.query<EventRow>(
      `select e.id, e.type, e.payload, e.payload->'replacement'->>'platform' as elsewhere, e.at, t.role, t.content->>'caption' as caption
         from event e left join target t on t.id::text = e.subject_id
        where e.id > $1 order by e.id limit 500`,
      [this.lastId],
    );
    for (const row of rows) {
      this.lastId = row.id;
      this.tell(row);
    }
  }

  private tell(row: EventRow): void {
    const { type, payload, at } = row;
    const { platform = '' } = payload;
    if (platform === 'tiktok' && (type === 'platform.down' || type === 'platform.degraded')) this.detectedAt ??= at;
    const line = lineOf(row);
    if (line) this.say(line);
  }
}

interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly payload: Readonly<Record<string, string | undefined>>;
  readonly at: Date;
  /** Where a replacement goes. */
  readonly elsewhere: string | null;
  /** Of the target it is about, if any. */
  readonly role: string | null;
  readonly caption: string | null;
}

const line = (label: string, text: string): string => `${label.padEnd(11)}${text}`;

/** What a person wants to read of an event; undefined for the rest. */
const lineOf = ({ type, payload, elsewhere, role, caption }: EventRow): string | undefined => {
  const { platform = '', reason = '', cause = '' } = payload;
  const post = `"${(caption ?? '').replace(' #perennial', '')}"`;
  switch (type) {
    case 'platform.degraded':
      return line('DETECTED', `${platform} is degraded: ${reason}`);
    case 'platform.down':
      return line('DETECTED', `${platform} is down: ${reason}`);
    case 'platform.recovering':
      return line('RECOVERING', `${platform}: ${reason}`);
    case 'platform.recovered':
      return line('RECOVERED', `${platform}: ${reason}`);
    case 'post.unconfirmed':
      return line('UNKNOWN', `${platform} did not answer for ${post}: asking, not repeating`);
    case 'post.reconciled':
      return line('FOUND LIVE', `${post} on ${platform}, late: adopted, not sent again`);
    case 'post.rerouted':
      return line('REROUTED', `${post} to ${elsewhere ?? 'another account'}`);
    case 'post.held':
      return line('HELD', `${post} for ${platform}`);
    case 'post.published':
      if (cause === 'found_live') return undefined;
      return line(role === 'catch_up' ? 'CAUGHT UP' : 'live', `${post} on ${platform}`);
    case 'post.failed':
    case 'post.missed':
    case 'post.needs_decision':
      return line(type.slice('post.'.length).toUpperCase(), `${post} on ${platform}`);
    case 'broadcast.sent':
      return line('MAILED', 'the backup list');
    default:
      return undefined;
  }
};
