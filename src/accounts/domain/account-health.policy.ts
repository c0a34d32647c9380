import { platformTitle } from '../../platforms/domain/platform-title.js';
import type { Account } from './account.js';
import type { QuotaUse } from './quotas.port.js';

/** Why an account cannot publish now: a stable code for programs, a sentence for people. */
export interface HealthReason {
  readonly code: string;
  readonly text: string;
  /** When it ends by itself; absent when a person must act. */
  readonly until?: Date;
}

/** Nothing more goes out in this window. */
export const isSpent = ({ used, limit }: QuotaUse): boolean => used >= limit;

/** Everything about the account itself that keeps it from publishing; empty when nothing does. */
export const reasonsAgainst = (account: Account, quotas: readonly QuotaUse[]): readonly HealthReason[] => [
  ...statusReason(account),
  ...quotas.filter(isSpent).map(quotaReason),
];

/** Why it is out, where that is no matter of tokens. */
const REFUSALS: Readonly<Record<string, string>> = {
  banned_by_platform: 'says that this account is banned or closed. Settle that there first',
  refused_by_platform: 'refused several posts and blamed the account. See why there first',
};

const statusReason = ({ status, platform, statusReason: why }: Account): readonly HealthReason[] => {
  switch (status) {
    case 'active':
      return [];
    case 'paused':
      return [{ code: 'paused', text: 'A person paused it. It publishes again once it is resumed.' }];
    case 'needs_reconnect':
      return [
        {
          code: 'needs_reconnect',
          text: `${platformTitle(platform)} ${REFUSALS[why ?? ''] ?? `does not accept its tokens any more (${why ?? 'no reason given'})`}. Connect it again.`,
        },
      ];
    case 'disconnected':
      return [{ code: 'disconnected', text: 'It was disconnected and its tokens were erased. Connect it again.' }];
  }
};

const quotaReason = ({ scope, kind, resetsAt }: QuotaUse): HealthReason => ({
  code: kind === 'reported' ? 'platform_cap' : 'quota_exhausted',
  text:
    kind === 'reported'
      ? `The platform takes nothing more from this ${scope} before ${resetsAt.toISOString()}.`
      : `The ${kind} quota of this ${scope} is spent until ${resetsAt.toISOString()}.`,
  until: resetsAt,
});
