import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { FrozenContent } from '../../../publishing/domain/targets/frozen-content.js';
import type { HealthSource } from '../health/health-source.js';
import type { Publisher } from '../run/policy.js';
import type { Stage } from '../run/stage.js';
import type { TraceAccount } from '../world/roster.js';
import type { PlannedPost } from '../world/workload.js';
import { AccountBook } from './account-book.js';
import { CatchUps } from './catch-ups.js';
import { Desk } from './desk.js';
import { Firing } from './firing.js';
import { Looks } from './looks.js';
import { Refreshes } from './refreshes.js';
import { Replacing } from './replacing.js';
import { RetryPlaces } from './retry-places.js';
import { RoutingDesk } from './routing-desk.js';
import { Settling } from './settling.js';
import { ViewReads } from './view-reads.js';
import { Waiting } from './waiting.js';

const CONTENT: FrozenContent = {
  caption: 'A short video.',
  tags: [],
  options: {},
  media: { id: 'video', sha256: '', bytes: 1, mimeType: 'video/mp4', durationMs: 5_000, width: 1, height: 2, fps: 30 },
  base: { caption: 'A short video.' },
  variants: {},
};

/** Our engine and router under some health: production's steps and decisions on memory and a virtual clock. */
export class EnginePublisher implements Publisher {
  private readonly desk: Desk;
  private readonly firing: Firing;
  private readonly waiting: Waiting;
  private readonly catchUps: CatchUps;
  private readonly accounts: AccountBook;
  private readonly views: ViewReads;
  /** Every place was healthy when what has no place was sought one for the last time. */
  private wasCalm = false;

  /** @param knowsFaults accounts' troubles are known at once: the oracle */
  constructor(
    private readonly stage: Stage,
    private readonly health: HealthSource,
    knowsFaults = false,
  ) {
    this.accounts = new AccountBook(stage, knowsFaults);
    this.desk = new Desk(stage, health, this.accounts);
    const router = new RoutingDesk(this.desk);
    const replacing = new Replacing(this.desk);
    const settling = new Settling(this.desk, router, replacing);
    this.waiting = new Waiting(this.desk, router, replacing, settling);
    this.firing = new Firing(this.desk, router, this.waiting, settling, new RetryPlaces());
    this.catchUps = new CatchUps(this.desk, replacing);
    this.views = new ViewReads(this.desk);
    const looks = new Looks(this.desk, settling);
    this.desk.duties = {
      fire: (ids) => this.firing.fire(ids),
      look: (id) => looks.look(id),
      reconsider: (ids) => this.waiting.reconsider(ids),
      live: (id) => this.views.begin(id),
    };
  }

  start(): void {
    this.accounts.start();
    this.health.start((place) => this.waiting.changed(place));
    new Refreshes(this.stage).start();
    this.everyMinute();
  }

  /** All origins of the posts first: a run is given to an account at most once. */
  due(posts: readonly PlannedPost[]): void {
    const ids = posts.flatMap((post) => post.origins.map((account) => this.insert(post, account)));
    this.firing.fire(ids);
  }

  isSettled(): boolean {
    return this.wasCalm && this.desk.isIdle && this.health.isCalm();
  }

  end(): void {
    for (const { status } of this.desk.tables.targets.values()) {
      if (status === 'unconfirmed') this.stage.record.unconfirmedAtEnd += 1;
      if (status === 'needs_decision') this.stage.record.needsDecision += 1;
    }
  }

  private everyMinute(): void {
    this.wasCalm = this.health.isCalm();
    this.waiting.seekAgain();
    this.catchUps.runOnce();
    this.desk.tables.touched.clear();
    this.stage.after(MINUTE_MS, () => this.everyMinute());
  }

  private insert({ no, workspace }: PlannedPost, account: TraceAccount): string {
    const { stage, desk } = this;
    const id = `${no}@${account.id}`;
    const scheduledAt = stage.now();
    desk.journal.insert(
      {
        id,
        rootId: id,
        workspaceId: String(workspace),
        postId: String(no),
        occurrenceId: String(no),
        accountId: account.id,
        platform: account.platform as PlatformName,
        role: 'origin',
        scheduledAt,
        staleAt: plusMs(scheduledAt, stage.trace.policy.staleAfterMinutes * MINUTE_MS),
        zone: 'UTC',
        content: CONTENT,
      },
      'api',
    );
    desk.inserted(id);
    return id;
  }
}
