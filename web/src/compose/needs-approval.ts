import type { ApprovalRuleDto } from '../api/generated/types.gen.ts';

/** The rule by which a person must approve what goes to this account: its own, else the workspace's; undefined: none. */
export const needsApproval = (accountId: string, rules: readonly ApprovalRuleDto[]): ApprovalRuleDto | undefined => {
  const own = rules.find((rule) => rule.accountId === accountId) ?? rules.find((rule) => rule.accountId === undefined);
  return own?.needsApproval ? own : undefined;
};
