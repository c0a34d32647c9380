import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountDto, RouteDto } from '../api/generated/types.gen.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { withAccountNames } from '../ui/named-accounts.ts';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { type Flow, routeFor } from './flows.ts';

interface FlowsTableProps {
  readonly flows: readonly Flow[];
  readonly accounts: readonly AccountDto[];
  readonly routes: readonly RouteDto[];
  readonly isCounted: boolean;
}

/** The picture in words: from, to, how many, and why not. */
export const FlowsTable = ({ flows, accounts, routes, isCounted }: FlowsTableProps) => {
  const { t } = useTranslation();
  if (flows.length === 0) return <EmptyState what={t('routes.noAccountThere')} />;
  const badge = (id: string) => {
    const account = accounts.find((one) => one.id === id);
    return account ? <PlatformBadge platform={account.platform} account={account.displayName} /> : id;
  };
  const capOf = (id: string): number | undefined => {
    const account = accounts.find((one) => one.id === id);
    return account && routeFor(account, routes)?.maxExtraPerDay;
  };
  return (
    <DataTable
      label={t('routes.table')}
      rows={flows}
      keyOf={({ fromId, toId = '' }) => `${fromId} ${toId}`}
      columns={[
        { name: 'from', title: t('routes.from'), cell: ({ fromId }) => badge(fromId) },
        ...(isCounted
          ? [{ name: 'due', title: t('routes.dueDay'), align: 'end' as const, cell: ({ count }: Flow) => count }]
          : []),
        {
          name: 'to',
          title: t('routes.to'),
          cell: ({ toId, reasons }) =>
            toId ? badge(toId) : <Nowhere reasons={reasons.map((reason) => withAccountNames(reason, accounts))} />,
        },
        { name: 'cap', title: t('routes.capTitle'), align: 'end', cell: ({ fromId }) => capOf(fromId) ?? '–' },
      ]}
    />
  );
};

const Nowhere = ({ reasons }: { readonly reasons: readonly string[] }) => {
  const { t } = useTranslation();
  return (
    <>
      <Text span size="sm" fw={600} c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))">
        {t('routes.nowhere')}
      </Text>
      {reasons.length > 0 && (
        <List size="sm">
          {reasons.map((reason) => (
            <List.Item key={reason}>{reason}</List.Item>
          ))}
        </List>
      )}
    </>
  );
};
