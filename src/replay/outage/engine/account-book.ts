import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { AccountStatus } from '../../../accounts/domain/account-status.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Stage } from '../run/stage.js';
import type { FaultSpan, TraceAccount } from '../world/roster.js';

/** Trouble that only the account's owner can end. */
const isOwners = ({ kind }: FaultSpan): boolean => kind === 'token_expired' || kind === 'banned';

/**
 * The accounts as the product knows them. When its trouble is over its owner has connected it again, as the trace says.
 * @param knowsFaults the oracle: faults are known at once, both ways
 */
export class AccountBook {
  private readonly facts = new Map<string, AccountFacts>();
  private readonly caps = new Map<string, number>();
  private readonly byWorkspace: ReadonlyMap<number, readonly TraceAccount[]>;

  constructor(
    private readonly stage: Stage,
    private readonly knowsFaults: boolean,
  ) {
    for (const account of stage.roster.all) this.facts.set(account.id, factsOf(account));
    this.byWorkspace = Map.groupBy(stage.roster.all, ({ workspace }) => workspace);
  }

  start(): void {
    const { stage } = this;
    for (const account of stage.roster.all)
      for (const fault of stage.roster.faultsOf(account)) {
        if (this.knowsFaults) stage.at(fault.fromMs, () => this.know(account, fault));
        stage.at(fault.endMs, () => this.setStatus(account.id, 'active'));
      }
  }

  /** @throws RangeError for an id that is none */
  get(id: string): AccountFacts {
    const facts = this.facts.get(id);
    if (!facts) throw new RangeError(`No account ${id}.`);
    return facts;
  }

  ofWorkspace(workspace: number): readonly AccountFacts[] {
    return (this.byWorkspace.get(workspace) ?? []).map(({ id }) => this.get(id));
  }

  lose(id: string): void {
    this.setStatus(id, 'needs_reconnect');
  }

  reportCap(id: string, untilMs: number): void {
    if ((this.caps.get(id) ?? 0) < untilMs) this.caps.set(id, untilMs);
  }

  /** Until when nothing more can be published there; undefined: it can. */
  capOf(id: string): Date | undefined {
    const untilMs = this.caps.get(id);
    return untilMs !== undefined && untilMs > this.stage.nowMs ? this.stage.dateAt(untilMs) : undefined;
  }

  private know(account: TraceAccount, fault: FaultSpan): void {
    if (fault.kind === 'rate_limited') this.reportCap(account.id, fault.endMs);
    else if (isOwners(fault) || fault.kind === 'bad_video') this.lose(account.id);
  }

  private setStatus(id: string, status: AccountStatus): void {
    this.facts.set(id, { ...this.get(id), status });
  }
}

const factsOf = ({ id, platform, region, workspace }: TraceAccount): AccountFacts => ({
  id,
  workspaceId: String(workspace),
  platform: platform as PlatformName,
  region,
  status: 'active',
  displayName: id,
  externalId: id,
});
