import { Injectable, Logger } from '@nestjs/common';
import { plusMs } from '../../../kernel/durations.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { firehosePost, timeUsOf } from '../../domain/radar/firehose-event.js';
import { FirehoseTally, type FirehoseWatch } from '../../domain/radar/firehose-tally.js';
import { FIREHOSE_TURN_MS, reconnectAfterMs, RESUME_WITHIN_MS } from '../../domain/radar/radar-timing.js';
import { type KnownWatch, PostStream } from '../../domain/radar/radar.ports.js';
import { RadarContext, RadarStores } from './radar-context.js';
import { RaiseAlerts } from './raise-alerts.js';

const US_PER_MS = 1_000;
/** A message from further ahead has a wrong clock, and would make us skip what comes after it. */
const AHEAD_MS = 60_000;

/** One stay on the stream. */
interface Session {
  readonly watches: readonly KnownWatch[];
  readonly tally: FirehoseTally;
  /** Where the stored cursor stood when we last wrote or read it. */
  storedUs: number | undefined;
}

/** Listens to the stream of posts as long as somebody watches it, in one process of the cluster. */
@Injectable()
export class ListenFirehose {
  private readonly logger = new Logger('Radar');
  private failures = 0;
  private notBefore = new Date(0);

  constructor(
    private readonly stores: RadarStores,
    private readonly stream: PostStream,
    private readonly raise: RaiseAlerts,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RadarContext,
  ) {}

  /** Stays until the stream ends, nobody watches any more, or `signal` aborts. */
  async runOnce(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.context.clock.now() < this.notBefore) return;
    const watches = await this.stores.watches.onFirehose();
    if (watches.length === 0) return;
    const storedUs = await this.stores.series.cursor();
    const fromUs = this.resumable(storedUs);
    const session: Session = { watches, tally: new FirehoseTally(watches.flatMap(toFirehose), fromUs), storedUs };
    const { messages, why } = await this.stream.listen({
      fromUs,
      signal,
      turnMs: FIREHOSE_TURN_MS,
      onMessage: (raw) => this.hear(session, raw),
      onTurn: () => this.turn(session),
    });
    this.failures = messages > 0 ? 0 : this.failures + 1;
    this.notBefore = plusMs(this.context.clock.now(), reconnectAfterMs(this.failures, this.context.settings.random()));
    if (this.failures === 1) this.logger.warn(`The stream of posts gives nothing (${why}); it is tried again.`);
  }

  private hear({ tally }: Session, raw: string): void {
    const timeUs = timeUsOf(raw);
    if (timeUs === undefined || timeUs / US_PER_MS > this.context.clock.now().getTime() + AHEAD_MS) return;
    const post = tally.isRoughly(raw) ? firehosePost(raw) : undefined;
    if (post) tally.add(post);
    tally.pass(timeUs);
  }

  /** Stores what was heard and judges it. @returns whether to go on listening */
  private async turn(session: Session): Promise<boolean> {
    const heard = session.tally.take();
    const ids = session.watches.map(({ id }) => id);
    if (heard) {
      const isOurs = await this.unitOfWork.run(async (tx) => {
        if (!(await this.stores.series.moveCursor(session.storedUs, heard.cursorUs, tx))) return false;
        await this.stores.series.add(heard, ids, tx);
        return true;
      });
      // Another process listens: what it has counted must not be counted twice.
      if (!isOurs) return false;
      session.storedUs = heard.cursorUs;
    }
    const counted = new Set(heard?.counts.map(({ watchId }) => watchId));
    const standing = new Set((await this.stores.alerts.standing()).map(({ watchId }) => watchId));
    for (const watch of session.watches)
      if (counted.has(watch.id) || standing.has(watch.id))
        await this.unitOfWork.run((tx) => this.raise.judge(watch, tx));
    const now = (await this.stores.watches.onFirehose()).map(({ id }) => id);
    return now.join() === ids.join();
  }

  private resumable(storedUs: number | undefined): number | undefined {
    if (storedUs === undefined) return undefined;
    const ageMs = this.context.clock.now().getTime() - storedUs / US_PER_MS;
    return ageMs <= RESUME_WITHIN_MS ? storedUs : undefined;
  }
}

const toFirehose = ({ id, subject }: KnownWatch): FirehoseWatch[] =>
  subject.kind === 'mentions' ? [{ id, subject }] : [];
