import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import { notFound } from '../../../kernel/domain-error.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import { Workspaces } from '../../../workspaces/index.js';
import { type BestTimes, bestTimes } from '../../domain/metrics/best-times.js';
import { type AccountViews, TimedViewsReader } from '../../domain/metrics/timed-views.port.js';
import { Engine } from '../engine.js';

/** Older posts say little about when people look today. */
const SPAN_DAYS = 180;
/** More than five posts a day do not make the answer better. */
const MOST_POSTS = 1_000;

/** The hint with what it rests on. */
export interface AccountBestTimes extends BestTimes, Pick<AccountViews, 'unmeasuredCount' | 'suspectCount'> {
  readonly accountId: string;
  readonly from: Date;
  readonly to: Date;
  readonly zone: string;
}

/** When posts of an account were seen more than usual, from its own counters alone. */
@Injectable()
export class ReadBestTimes {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly views: TimedViewsReader,
    private readonly workspaces: Workspaces,
    private readonly engine: Engine,
  ) {}

  /** @throws DomainError `account.not_found` */
  async execute(workspaceId: string, accountId: string): Promise<AccountBestTimes> {
    const [account] = await this.accounts.find(workspaceId, [accountId]);
    if (!account) throw notFound('account', accountId);
    const { timeZone: zone } = await this.workspaces.get(workspaceId);
    const to = this.engine.now();
    const from = plusMs(to, -SPAN_DAYS * DAY_MS);
    const { measured, unmeasuredCount, suspectCount } = await this.views.of({
      ...{ workspaceId, accountId, from, zone },
      limit: MOST_POSTS,
    });
    return { accountId, from, to, zone, unmeasuredCount, suspectCount, ...bestTimes(measured) };
  }
}
