import { Button, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { BY_CURSOR } from '../api/by-cursor.ts';
import {
  accountsListInfiniteOptions,
  approvalRulesListOptions,
  approvalRulesPutAccountMutation,
  approvalRulesPutWorkspaceMutation,
  approvalRulesRemoveMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { ApprovalRuleDto } from '../api/generated/types.gen.ts';
import { useDeed } from '../api/use-deed.ts';
import { Answered } from '../ui/answered.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';

const TAGS = ['Approvals'];
type Rule = 'follow' | 'needed' | 'free';

const ruleOf = (rule: ApprovalRuleDto | undefined): Rule => {
  if (!rule) return 'follow';
  return rule.needsApproval ? 'needed' : 'free';
};

export default function ApprovalsSection() {
  const rules = useQuery(approvalRulesListOptions());
  return (
    <Answered query={rules}>
      {({ items }) => (
        <Stack>
          <WorkspaceRule rule={items.find(({ accountId }) => accountId === undefined)} />
          <AccountRules rules={items} />
        </Stack>
      )}
    </Answered>
  );
}

const WorkspaceRule = ({ rule }: { readonly rule: ApprovalRuleDto | undefined }) => {
  const { t } = useTranslation();
  const save = useDeed(approvalRulesPutWorkspaceMutation(), { tags: TAGS, said: t('common.saved') });
  const needsApproval = rule?.needsApproval ?? false;
  const onDeadline = rule?.onDeadline ?? 'hold';
  return (
    <Panel title={t('settings.section.approvals')} note={t('settings.approvals.what')}>
      <Switch
        label={t('settings.approvals.needed')}
        checked={needsApproval}
        disabled={save.isPending}
        onChange={({ currentTarget }) => save.mutate({ body: { needsApproval: currentTarget.checked, onDeadline } })}
      />
      <Select
        label={t('settings.approvals.deadline')}
        data={[
          { value: 'hold', label: t('settings.approvals.hold') },
          { value: 'miss', label: t('settings.approvals.miss') },
        ]}
        value={onDeadline}
        allowDeselect={false}
        onChange={(next) => next && save.mutate({ body: { needsApproval, onDeadline: next } })}
        maw={420}
      />
    </Panel>
  );
};

const AccountRules = ({ rules }: { readonly rules: readonly ApprovalRuleDto[] }) => {
  const { t } = useTranslation();
  const accounts = useInfiniteQuery({ ...accountsListInfiniteOptions(), ...BY_CURSOR });
  const put = useDeed(approvalRulesPutAccountMutation(), { tags: TAGS, said: t('common.saved') });
  const follow = useDeed(approvalRulesRemoveMutation(), { tags: TAGS, said: t('common.saved') });
  const choose = (id: string, next: Rule): void => {
    if (next === 'follow') follow.mutate({ path: { id } });
    else put.mutate({ path: { id }, body: { needsApproval: next === 'needed' } });
  };
  return (
    <Panel title={t('settings.approvals.accounts')} note={t('settings.approvals.accountsWhat')}>
      <Listed query={accounts} empty={<EmptyState what={t('settings.approvals.noAccounts')} next={<ToAccounts />} />}>
        {(items) => (
          <DataTable
            label={t('settings.approvals.accounts')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'account',
                title: t('settings.approvals.account'),
                cell: ({ platform, displayName }) => (
                  <Group gap="xs">
                    <PlatformBadge platform={platform} />
                    <Text size="sm">{displayName}</Text>
                  </Group>
                ),
              },
              {
                name: 'rule',
                title: t('settings.approvals.rule'),
                cell: ({ id, displayName }) => (
                  <Select
                    aria-label={`${t('settings.approvals.rule')}: ${displayName}`}
                    size="xs"
                    data={(['follow', 'needed', 'free'] as const).map((value) => ({
                      value,
                      label: t(`settings.approvals.ruleIs.${value}`),
                    }))}
                    value={ruleOf(rules.find(({ accountId }) => accountId === id))}
                    allowDeselect={false}
                    onChange={(next) => next && choose(id, next)}
                  />
                ),
              },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};

const ToAccounts = () => {
  const { t } = useTranslation();
  return (
    <Button component={Link} to="/accounts">
      {t('now.connectFirst')}
    </Button>
  );
};
