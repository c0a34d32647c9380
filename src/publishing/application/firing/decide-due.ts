import { Injectable, Logger } from '@nestjs/common';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import { Firing } from '../../domain/firing/firing.port.js';
import type { ArmedTarget } from '../../domain/targets/target-record.js';
import { HoldPaused } from '../pauses/hold-paused.js';
import { ApplyDecision } from '../rerouting/apply-decision.js';
import { DecideTargets } from '../rerouting/decide-targets.js';

/** So many decisions are written at once. */
const AT_ONCE = 8;

/** What became of due targets that could not simply go. */
export interface Aside {
  /** Routing lets them go after all, and their intents are written. */
  readonly intended: readonly ArmedTarget[];
  /** Not due yet by the database's clock, and for how long, ms. */
  readonly early: readonly { readonly item: ArmedTarget; readonly inMs: number }[];
}

/** Due targets that are not in the usual case: held by a switch, decided by routing, or given back. */
@Injectable()
export class DecideDue {
  private readonly logger = new Logger('Decide');

  constructor(
    private readonly firing: Firing,
    private readonly decide: DecideTargets,
    private readonly apply: ApplyDecision,
    private readonly paused: HoldPaused,
  ) {}

  /**
   * Early ones wait. What lost its version to a cancel, an edit or another worker, or its fallback to another origin,
   * is given back; what still waits among that is woken by the sweep.
   */
  async execute(items: readonly ArmedTarget[]): Promise<Aside> {
    const standing = new Map((await this.firing.standing(items)).map((row) => [row.targetId, row.dueInMs]));
    const early = items.flatMap((item) => {
      const inMs = standing.get(item.target.id) ?? 0;
      return inMs > 0 ? [{ item, inMs }] : [];
    });
    const due = items.filter(({ target }) => standing.get(target.id) === 0);
    const { intended, settled } = await this.decideAll(due);
    const kept = new Set([...early.map(({ item }) => item), ...intended, ...settled]);
    await this.firing.disarm(items.filter((item) => !kept.has(item)));
    return { intended, early };
  }

  private async decideAll(due: readonly ArmedTarget[]) {
    const held = new Set(await this.paused.among(due.map(({ target }) => target.id)));
    const items = new Map(due.filter(({ target }) => !held.has(target.id)).map((item) => [item.target.id, item]));
    const decided = await this.decide.execute(await this.firing.load([...items.keys()]));
    const go: ArmedTarget[] = [];
    const other: { readonly item: ArmedTarget; readonly decision: RouteDecision }[] = [];
    for (const { target, decision } of decided) {
      const item = items.get(target.id);
      if (!item || target.version !== item.version) continue;
      if (decision.kind === 'publish') go.push(item);
      else other.push({ item, decision });
    }
    const won = await this.intend(go);
    return { intended: go.filter((item) => won.has(item.attemptId)), settled: await this.applyAll(other) };
  }

  private async intend(go: readonly ArmedTarget[]): Promise<ReadonlySet<string>> {
    if (go.length === 0) return new Set();
    const won = await this.firing.intend(go, 'decided');
    return new Set(won.map((ref) => ref.attemptId));
  }

  /** One that cannot be written must not stop the others; it is given back and asked again. */
  private async applyAll(
    decided: readonly { readonly item: ArmedTarget; readonly decision: RouteDecision }[],
  ): Promise<readonly ArmedTarget[]> {
    const applied: ArmedTarget[] = [];
    const waiting = decided.values();
    const work = async () => {
      for (const { item, decision } of waiting)
        await this.apply.execute(item, decision).then(
          (isDone) => void (isDone && applied.push(item)),
          (error: unknown) =>
            this.logger.error({ err: error, targetId: item.target.id }, 'A decision could not be written'),
        );
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return applied;
  }
}
