import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import { HealthView } from '../../../health/index.js';
import { plusMs } from '../../../kernel/durations.js';
import { CREATED_SLACK_MS, matchCandidates } from '../../../platforms/domain/caption-matching.js';
import type { AbsenceRule, Platform } from '../../../platforms/domain/platform.port.js';
import type { CheckOutcome, FoundPost, ResumeToken } from '../../../platforms/domain/publish-outcome.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import { type Look, weighLook } from '../../domain/reconcile/look.policy.js';
import type { Sighting } from '../../domain/reconcile/reconcile.policy.js';
import type { CheckDue } from '../../domain/reconcile/reconciliation.port.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { type AccountContext, PlatformAccess } from '../firing/platform-access.js';

/** One read's longest time. */
const READ_TIMEOUT_MS = 30_000;

/** How the list is to be read. */
export interface Search {
  /** When the irreversible call may have begun. */
  readonly since: Date;
  /** Ids that belong to others: never ours. */
  readonly takenIds: readonly string[];
}

/** Only reads: what a platform shows of one attempt, by its handle and in the account's list. */
@Injectable()
export class LookAtPlatform {
  constructor(
    private readonly platforms: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly journal: AttemptJournal,
    private readonly accounts: AccountDirectory,
    private readonly health: HealthView,
  ) {}

  /** Handle and list taken together. @param search undefined: the list cannot tell whose a post is, do not ask it */
  async execute(item: CheckDue, search: Search | undefined): Promise<Look> {
    return this.look(item, search).catch((error: unknown) => ({
      sighting: { kind: 'unavailable', detail: String(error) },
      rule: this.platforms.get(item.target.platform).absenceRule,
    }));
  }

  /** The list alone: for a target that has no attempt. */
  async inList(target: TargetRecord, search: Search): Promise<Sighting | 'unsupported'> {
    const context = await this.contextOf(target);
    if (!context) return NOTHING_TO_ASK_WITH;
    const platform = this.platforms.get(target.platform);
    const found = await this.search(platform, context, target, search).catch(asUnavailable);
    const isProof = found === 'unsupported' || found.kind !== 'absent' || (await this.isReadHealthy(target, BY_LIST));
    return isProof ? found : { kind: 'unavailable', detail: 'The list may be an old one.' };
  }

  private async look({ target, attempt }: CheckDue, search: Search | undefined): Promise<Look> {
    const platform = this.platforms.get(target.platform);
    const context = await this.contextOf(target);
    const resume = await this.journal.resumeOf(attempt.id);
    const rule = resume ? platform.absenceRuleOf(resume) : platform.absenceRuleWithoutHandle;
    if (!context) return { sighting: NOTHING_TO_ASK_WITH, rule };
    const checked = resume ? await this.check(platform, context, resume) : NO_HANDLE;
    if (checked.kind !== 'inconclusive' && checked.kind !== 'absent') return { sighting: checked, rule };
    const found = search ? await this.search(platform, context, target, search) : 'unsupported';
    const sighting = weighLook(checked, found, rule);
    return {
      sighting,
      rule,
      byList: true,
      readHealthy: sighting.kind !== 'absent' || (await this.isReadHealthy(target, rule)),
    };
  }

  /** A list that answers while `read` is ill may be an old one; a handle's own word does not age (design 4.2). */
  private async isReadHealthy({ accountId, platform }: TargetRecord, { witness }: AbsenceRule): Promise<boolean> {
    if (witness !== 'list') return true;
    const [account] = await this.accounts.findMany([accountId]);
    return this.health.measuredState(platform, account?.region ?? '', 'read').state === 'healthy';
  }

  private contextOf({ accountId }: TargetRecord): Promise<AccountContext | undefined> {
    return this.access.contextOf(accountId, AbortSignal.timeout(READ_TIMEOUT_MS));
  }

  /** An expired token while looking is the look's business: refresh and look again, never publish again. */
  private async check(platform: Platform, context: AccountContext, resume: ResumeToken): Promise<CheckOutcome> {
    const checked = await platform.check(context, resume).catch(asUnavailable);
    if (checked.kind !== 'unauthorised') return checked;
    const renewed = await this.access.renewed(context);
    return renewed ? platform.check(renewed, resume).catch(asUnavailable) : checked;
  }

  private async search(
    platform: Platform,
    context: AccountContext,
    { id, content }: TargetRecord,
    { since, takenIds }: Search,
  ): Promise<Sighting | 'unsupported'> {
    const fingerprint = { caption: content.caption, durationMs: content.media.durationMs, marker: id };
    const found = await platform.find(context, fingerprint, plusMs(since, -CREATED_SLACK_MS));
    if (found.kind === 'unsupported') return 'unsupported';
    if (found.kind !== 'listed') return found;
    const wanted = { ...fingerprint, committedAt: since, takenIds: new Set(takenIds) };
    return sightingOf(matchCandidates(found.posts, wanted));
  }
}

const NOTHING_TO_ASK_WITH: Sighting = { kind: 'unavailable', detail: 'No credentials to ask with.' };
const BY_LIST = { witness: 'list', reads: 1, spacingSeconds: 0, holdSeconds: 0 } as const;
const NO_HANDLE = { kind: 'inconclusive' } as const;

const sightingOf = (candidates: readonly FoundPost[]): Sighting => {
  const [only, ...more] = candidates;
  if (!only) return { kind: 'absent' };
  if (more.length > 0) return { kind: 'ambiguous', candidates: candidates.map((post) => post.platformPostId) };
  return {
    kind: 'published',
    platformPostId: only.platformPostId,
    publishedAt: only.createdAt,
    ...(only.permalink === undefined ? {} : { permalink: only.permalink }),
  };
};

const asUnavailable = (error: unknown) => ({ kind: 'unavailable', detail: String(error) }) as const;
