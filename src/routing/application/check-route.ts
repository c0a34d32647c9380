import { Injectable } from '@nestjs/common';
import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import { AccountDirectory } from '../../accounts/index.js';
import { notFound } from '../../kernel/domain-error.js';
import type { AccountId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { PostLibrary } from '../../library/index.js';
import { isHandOffIdentity } from '../../platforms/domain/hand-off-mode.js';
import { PLATFORM_NAMES, type PlatformName } from '../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../platforms/index.js';
import type { RoutePolicy } from '../domain/route.js';
import { badAnnounce, badFallbacks, cannotRemove } from '../domain/routing.errors.js';
import type { RoutePlace } from '../domain/stored-route.js';

/** Whether what a route speaks of exists, and can do what the route wants of it. */
@Injectable()
export class CheckRoute {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly posts: PostLibrary,
    private readonly platforms: PlatformRegistry,
  ) {}

  /** @throws DomainError `post.not_found`, `account.not_found` */
  async scope({ workspaceId, scope, scopeId }: RoutePlace, tx: Tx): Promise<void> {
    if (scope === 'post') await this.posts.snapshot(workspaceId, scopeId, tx);
    if (scope !== 'account') return;
    const [account] = await this.accounts.find(workspaceId, [scopeId], tx);
    if (!account) throw notFound('account', scopeId);
  }

  /** @throws DomainError `route.bad_fallbacks`, `route.bad_announce`, `route.cannot_remove`, `account.not_found` */
  async policy(place: RoutePlace, policy: RoutePolicy, tx: Tx): Promise<void> {
    const { fallbacks, announce, removeLate } = policy;
    if (place.scope === 'account' && fallbacks.includes(place.scopeId))
      throw badFallbacks('An account cannot be its own fallback. Remove it from fallbacks.');
    if (new Set(fallbacks).size < fallbacks.length)
      throw badFallbacks('An account stands twice in fallbacks. Name each once, best first.');
    const own = place.scope === 'account' && removeLate ? [place.scopeId] : [];
    const found = await this.found(place, [...fallbacks, ...announce, ...own], tx);
    const mute = announce.flatMap((id) => found.get(id) ?? []).find((account) => !this.canAnnounce(account));
    if (mute) throw badAnnounce(mute);
    const platform = place.scope === 'account' ? found.get(place.scopeId)?.platform : platformOf(place);
    if (removeLate && platform && !this.platforms.get(platform).capabilities().canRemove) throw cannotRemove(platform);
  }

  private async found(
    { workspaceId }: RoutePlace,
    accountIds: readonly AccountId[],
    tx: Tx,
  ): Promise<ReadonlyMap<string, AccountFacts>> {
    const ids = [...new Set(accountIds)];
    if (ids.length === 0) return new Map();
    const found = new Map((await this.accounts.find(workspaceId, ids, tx)).map((account) => [account.id, account]));
    for (const id of ids) if (!found.has(id)) throw notFound('account', id);
    return found;
  }

  private canAnnounce({ platform, externalId }: AccountFacts): boolean {
    return this.platforms.get(platform).canAnnounce && !isHandOffIdentity(externalId);
  }
}

/** The one platform that a route is about; undefined: any. */
const platformOf = ({ scope, scopeId, platform }: RoutePlace): PlatformName | undefined =>
  PLATFORM_NAMES.find((name) => name === (scope === 'platform' ? scopeId : platform));
