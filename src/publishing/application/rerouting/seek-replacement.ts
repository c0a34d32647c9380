import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { Firing } from '../../domain/firing/firing.port.js';
import { isPlaceLost } from '../../domain/rerouting/reroute.errors.js';
import { goesOnAfterRefusal } from '../../domain/rerouting/refusal.policy.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import type { Effect } from '../../domain/targets/target-state.js';
import { CreateReplacement } from './create-replacement.js';
import { DecideTargets } from './decide-targets.js';

type Because = Extract<Effect, { kind: 'seek_replacement' }>['because'];

/**
 * After a doubt or a refusal: sends the run elsewhere if the route wants that. The origin keeps its own state; an
 * origin in doubt stays `unconfirmed` and its checks go on (`schema.md`).
 */
@Injectable()
export class SeekReplacement {
  constructor(
    private readonly firing: Firing,
    private readonly decide: DecideTargets,
    private readonly createReplacement: CreateReplacement,
  ) {}

  /** @returns the replacement's id, if one was made */
  async execute(targetId: string, because: Because, tx: Tx): Promise<string | undefined> {
    const [target] = await this.firing.load([targetId], tx);
    if (!target || target.replacementCarries) return undefined;
    if (because === 'rejected' && !(await this.goesOn(target, tx))) return undefined;
    const [decided] = await this.decide.execute([target], because, tx);
    if (decided?.decision.kind !== 'reroute') return undefined;
    const { accountId, reasons } = decided.decision;
    try {
      const plan = {
        origin: target,
        accountId,
        role: 'reroute',
        cause: { actor: 'router', reasons },
        // One refused post is no flood: it takes its place also where the hour is full.
        ...(because === 'rejected' ? {} : { isRouted: true as const }),
      } as const;
      return await this.createReplacement.execute(plan, tx);
    } catch (error) {
      if (isPlaceLost(error)) return undefined;
      throw error;
    }
  }

  private async goesOn(refused: TargetRecord, tx: Tx): Promise<boolean> {
    if (refused.role !== 'reroute') return false;
    const [root] = await this.firing.load([refused.rootId], tx);
    return root !== undefined && goesOnAfterRefusal(refused, root);
  }
}
