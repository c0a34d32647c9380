import { Injectable, Logger } from '@nestjs/common';
import { HealthView } from '../../../health/index.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { plusMs, SECOND_MS } from '../../../kernel/durations.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { type ReroutedRoot, WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { healthOfAccount } from './account-health.js';
import { CreateReplacement } from './create-replacement.js';
import { Engine } from '../engine.js';
import { GatherFacts, type TargetFacts } from './gather-facts.js';

/** Roots looked at in one run. */
const BATCH = 100;
/** Between two catch-ups on one account, so that a backlog does not come back as a flood (under the time scale). */
const SPACING_MS = 30 * SECOND_MS;

/**
 * When an origin's platform is healthy again, each rerouted run that is still fresh goes out there once. Where tries
 * failed while it looked healthy, it must have got healthy since, or the account have published.
 */
@Injectable()
export class CatchUpTargets {
  private readonly logger = new Logger('CatchUp');
  /** Where the next run goes on: roots that want no catch-up must not stand before those that do. */
  private offset = 0;

  constructor(
    private readonly waiting: WaitingTargets,
    private readonly gather: GatherFacts,
    private readonly health: HealthView,
    private readonly createReplacement: CreateReplacement,
    private readonly unitOfWork: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  /** @returns how many catch-ups were planned */
  async runOnce(): Promise<number> {
    const roots = await this.waiting.rerouted(BATCH, this.offset);
    this.offset = roots.length < BATCH ? 0 : this.offset + BATCH;
    const known = new Map(roots.map((root) => [root.id, root]));
    const facts = (await this.gather.execute(roots)).filter((item) => this.isDue(item, known.get(item.target.id)));
    const perAccount = Map.groupBy(facts, (item) => item.target.accountId);
    let planned = 0;
    for (const items of perAccount.values())
      for (const [index, item] of items.entries())
        planned += await this.plan(item, this.engine.waitMs(index * SPACING_MS));
    if (planned > 0) this.logger.log({ targets: planned }, 'Catching up after an outage');
    return planned;
  }

  private isDue({ account, route, paused }: TargetFacts, root: ReroutedRoot | undefined): boolean {
    if (!root || paused || route.failback !== 'catch_up' || account?.status !== 'active') return false;
    const { state, since } = healthOfAccount(this.health, account);
    if (state !== 'healthy') return false;
    // It looked healthy when the tries failed, too: something must have changed since.
    return root.tries === 0 || root.accountPublishes || since > root.movedAt;
  }

  private async plan({ target }: TargetFacts, inMs: number): Promise<number> {
    const notBefore = plusMs(this.engine.now(), inMs);
    const cause = {
      actor: 'failback',
      reasons: [{ code: 'origin_recovered', text: 'The platform is healthy again.' }],
    };
    try {
      await this.unitOfWork.run((tx) =>
        this.createReplacement.execute(
          { origin: target, accountId: target.accountId, role: 'catch_up', cause, notBefore },
          tx,
        ),
      );
      return 1;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'target.account_taken') return 0;
      throw error;
    }
  }
}
