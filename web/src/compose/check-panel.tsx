import { Group, List, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { approvalRulesListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ApprovalRuleDto } from '../api/generated/types.gen.ts';
import { Panel } from '../ui/panel.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { useComposing } from './draft-context.ts';
import { FindingList } from './finding-list.tsx';
import { type Finding, isRefused } from './findings.ts';
import { needsApproval } from './needs-approval.ts';

/** All that the server says of the draft in one place, account by account. */
export const CheckPanel = () => {
  const { t } = useTranslation();
  const { check, draft, accounts } = useComposing();
  const { findings, state } = check;
  const about = (index: number): string => {
    const account = accounts.find(({ id }) => id === draft.accountIds[index]);
    return account ? `${platformTitle(account.platform)}, ${account.displayName}` : '';
  };
  const groups = groupByTarget(findings.filter(({ code }) => !code.startsWith('fallback.')));
  return (
    <Panel
      title={t('compose.check')}
      actions={state === 'busy' && <Loader size="xs" aria-label={t('compose.checkBusy')} />}
    >
      <Stack gap="xs" aria-live="polite">
        {state === 'waits' && (
          <Text size="sm" c="dimmed">
            {t('compose.checkWaits')}
          </Text>
        )}
        {state === 'done' && !isRefused(findings) && <Text size="sm">✓ {t('compose.checkFine')}</Text>}
        {groups.map(([target, said]) => (
          <div key={String(target)}>
            {target !== undefined && (
              <Text size="xs" fw={600}>
                {about(target)}
              </Text>
            )}
            <FindingList findings={said} />
          </div>
        ))}
        <ApprovalNote />
      </Stack>
    </Panel>
  );
};

const groupByTarget = (
  findings: readonly Finding[],
): readonly (readonly [number | undefined, readonly Finding[]])[] => {
  const targets = [...new Set(findings.map(({ target }) => target))];
  return targets.map((target) => [target, findings.filter((finding) => finding.target === target)] as const);
};

/** Who must say yes before it goes out. */
const ApprovalNote = () => {
  const { t } = useTranslation();
  const { draft, accounts } = useComposing();
  const { data } = useQuery(approvalRulesListOptions());
  const rules: readonly ApprovalRuleDto[] = data?.items ?? [];
  const names = accounts
    .filter(({ id }) => draft.accountIds.includes(id) && needsApproval(id, rules))
    .map(({ displayName, platform }) => `${displayName} (${platformTitle(platform)})`);
  if (names.length === 0) return undefined;
  const isTimed = draft.accountIds.some((id) => needsApproval(id, rules)?.onDeadline === 'miss');
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <List size="sm" listStyleType="none">
        <List.Item icon="✋">
          {t('compose.approval', { accounts: names.join(', ') })} {isTimed && t('compose.approvalTimed')}
        </List.Item>
      </List>
    </Group>
  );
};
