import { Injectable } from '@nestjs/common';
import { type TokenRisk, tokenRisk } from '../../../accounts/domain/token-risk.policy.js';
import { type TokenEnd, TokenEnds } from '../../../accounts/index.js';
import { type BlackoutPlan, BlackoutPlans } from '../../../audience/index.js';
import { FATES, type Fate, type ImaginedOutage } from '../../../publishing/domain/rehearsal/rehearsal.js';
import type { Drill } from '../../domain/drills/drill.js';
import {
  type BroadcastLine,
  compareWith,
  type DrillReport,
  type FallbackLine,
  LIMITS,
  type Obstacle,
  type PlayedLine,
  resultOf,
  summaryOf,
  type TokenLine,
} from '../../domain/drills/drill-report.js';
import { type DrillFigures, scoreDrill } from '../../domain/drills/drill-score.js';
import { DrillRuns } from '../../domain/drills/drills.port.js';
import type { UnnamedFallback } from '../../domain/drills/fallback-lines.js';

/** What a kind of drill found out by itself. */
export interface Findings {
  readonly figures: Omit<DrillFigures, 'tokensAtRisk' | 'accounts'>;
  readonly counts: Readonly<Partial<Record<Fate, number>>>;
  readonly obstacles: readonly Obstacle[];
  readonly broadcastsAsked: number;
  readonly isWhole: boolean;
  readonly loads: readonly UnnamedFallback[];
  readonly played?: PlayedLine;
}

/** Adds to a drill's findings what holds for every drill (tokens, backup list, the drill before) and scores it. */
@Injectable()
export class WriteReport {
  constructor(
    private readonly tokens: TokenEnds,
    private readonly blackouts: BlackoutPlans,
    private readonly runs: DrillRuns,
  ) {}

  async execute(drill: Drill, outage: ImaginedOutage, findings: Findings): Promise<DrillReport> {
    const { workspaceId, platform } = outage;
    const accounts = await this.tokens.list(workspaceId);
    const tokens = accounts.flatMap((account) => tokenLine(account, outage));
    const figures = { ...findings.figures, tokensAtRisk: tokens.length, accounts: accounts.length };
    const score = scoreDrill(figures);
    const earlier = await this.runs.lastScored(drill);
    const comparison = compareWith(score, earlier);
    return {
      result: resultOf(score),
      summary: summaryOf(score, figures, platform),
      ...(score ? { score } : {}),
      outage: { from: outage.from.toISOString(), until: outage.until.toISOString() },
      counts: countsOf(findings.counts),
      isWhole: findings.isWhole,
      obstacles: findings.obstacles,
      fallbacks: named(findings.loads, accounts),
      tokens,
      broadcast: broadcastLine(await this.blackouts.of(workspaceId, platform), findings.broadcastsAsked),
      ...(findings.played ? { played: findings.played } : {}),
      ...(comparison ? { comparison } : {}),
      limits: LIMITS[drill.kind],
    };
  }
}

const countsOf = (counts: Findings['counts']): DrillReport['counts'] =>
  Object.fromEntries(FATES.map((fate) => [fate, counts[fate] ?? 0])) as Record<Fate, number>;

const named = (loads: readonly UnnamedFallback[], accounts: readonly TokenEnd[]): readonly FallbackLine[] => {
  const byId = new Map(accounts.map((account) => [account.id as string, account]));
  return loads.flatMap((load) => {
    const account = byId.get(load.accountId);
    return account ? [{ ...load, platform: account.platform, displayName: account.displayName }] : [];
  });
};

const TOKEN_NEXT: Readonly<Record<TokenRisk, string>> = {
  needs_reconnect: 'The platform refuses its tokens: connect it again now.',
  expired: 'Its token ended and was not renewed: connect it again now.',
  refused_once: 'The platform refused to renew its token once: connect it again before the second refusal.',
  overdue: 'Its token should have been renewed by now: see the account’s health, and connect it again if that lasts.',
  ends_unrenewable: 'Its token would end in the outage and cannot be renewed after: connect it again before.',
};

const tokenLine = (account: TokenEnd, outage: ImaginedOutage): readonly TokenLine[] => {
  const risk = tokenRisk(account, outage);
  if (!risk) return [];
  const { id: accountId, platform, displayName, tokenExpiresAt } = account;
  return [
    {
      accountId,
      platform,
      displayName,
      risk,
      ...(tokenExpiresAt ? { tokenExpiresAt: tokenExpiresAt.toISOString() } : {}),
      next: TOKEN_NEXT[risk],
    },
  ];
};

const broadcastLine = ({ recipients, sentAfterSeconds }: BlackoutPlan, asking: number): BroadcastLine => ({
  recipients,
  ...(sentAfterSeconds === undefined ? {} : { sentAfterSeconds }),
  asking,
  next:
    recipients === 0
      ? 'Nobody is on the backup list: invite your audience before you need it.'
      : sentAfterSeconds === undefined
        ? 'The message would be drafted and wait for a person: set broadcastAfterSeconds on the workspace route to send it by itself.'
        : `It would go out ${sentAfterSeconds} seconds after the incident opens.`,
});
