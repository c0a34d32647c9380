import { Select, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../api/by-cursor.ts';
import { accountsListOptions, drillsListTargetsInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { DrillTargetDto } from '../api/generated/types.gen.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { withAccountNames } from '../ui/named-accounts.ts';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { useTimes } from '../ui/times.ts';

const FATES = ['moved', 'late', 'missed', 'exposed', 'stuck', 'paused', 'unaffected'] as const;
const MOST_ACCOUNTS = 100;

/** What would become of each post. */
export const DrillTargets = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const [fate, setFate] = useState<DrillTargetDto['fate'] | null>(null);
  const accounts = useQuery(accountsListOptions({ query: { limit: MOST_ACCOUNTS } }));
  const query = useInfiniteQuery({
    ...drillsListTargetsInfiniteOptions({ path: { id }, query: fate ? { fate } : {} }),
    ...BY_CURSOR,
  });
  const account = (accountId: string | undefined) => {
    const found = accounts.data?.items.find((one) => one.id === accountId);
    return found ? <PlatformBadge platform={found.platform} account={found.displayName} /> : '–';
  };
  const filter = (
    <Select
      aria-label={t('drills.fateTitle')}
      placeholder={t('common.all')}
      clearable
      data={FATES.map((value) => ({ value, label: t(`drills.fate.${value}`) }))}
      value={fate}
      onChange={setFate}
    />
  );
  return (
    <Panel title={t('drills.targets')} actions={filter}>
      <Listed query={query} empty={<EmptyState what={t('drills.noTargets')} />}>
        {(items) => (
          <DataTable
            label={t('drills.targets')}
            rows={items}
            keyOf={({ targetId }) => targetId}
            columns={[
              { name: 'at', title: t('drills.due'), cell: ({ scheduledAt }) => moment(scheduledAt) },
              { name: 'from', title: t('routes.from'), cell: ({ accountId }) => account(accountId) },
              { name: 'fate', title: t('drills.fateTitle'), cell: (target) => t(`drills.fate.${target.fate}`) },
              { name: 'to', title: t('routes.to'), cell: ({ toAccountId }) => account(toAccountId) },
              { name: 'then', title: t('drills.goes'), cell: ({ at }) => moment(at) },
              {
                name: 'why',
                title: t('incidents.reason'),
                cell: ({ reasons }) => (
                  <Text size="sm">{withAccountNames(reasons[0]?.text ?? '', accounts.data?.items ?? [])}</Text>
                ),
              },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};
