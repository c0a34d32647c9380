import { Injectable } from '@nestjs/common';
import { PlatformRegistry } from '../../../platforms/index.js';
import { RouteReader } from '../../../routing/index.js';
import { planRemoval } from '../../domain/rerouting/removal.policy.js';
import { Removals } from '../../domain/rerouting/removals.port.js';
import { Engine } from '../engine.js';

const BATCH = 200;

/** Decides, once for each copy that landed beside its live replacement, whether it stays. */
@Injectable()
export class JudgeLate {
  constructor(
    private readonly removals: Removals,
    private readonly routes: RouteReader,
    private readonly platforms: PlatformRegistry,
    private readonly engine: Engine,
  ) {}

  /** @returns how many late copies were judged */
  async runOnce(): Promise<number> {
    const cannotRemove = this.platforms.all().filter((platform) => !platform.capabilities().canRemove);
    const copies = await this.removals.undecided(
      cannotRemove.map(({ name }) => name),
      BATCH,
    );
    if (copies.length === 0) return 0;
    const asked = copies.map(({ workspaceId, root: { id, ...root } }) => ({ ...root, workspaceId, targetId: id }));
    const routes = await this.routes.forTargets(asked);
    const now = this.engine.now();
    await this.removals.plan(
      copies.map((copy) => {
        const { platform } = copy;
        const removeLate = routes.get(copy.root.id)?.removeLate ?? false;
        const { canRemove } = this.platforms.get(platform).capabilities();
        return { ...copy, step: planRemoval({ removeLate, canRemove, platform }, now) };
      }),
    );
    return copies.length;
  }
}
