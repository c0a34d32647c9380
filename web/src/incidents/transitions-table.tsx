import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TransitionDto } from '../api/generated/types.gen.ts';
import { DataTable } from '../ui/data-table.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useTimes } from '../ui/times.ts';
import { loudest } from './timeline.ts';

/** Every change of state with its reason and what the detector measured. */
export const TransitionsTable = ({ transitions }: { readonly transitions: readonly TransitionDto[] }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const statisticOf = (transition: TransitionDto): string => {
    const heard = loudest(transition);
    return heard
      ? t('incidents.statisticOf', { chart: heard.chart, value: heard.value.toFixed(1), limit: heard.limit })
      : '–';
  };
  return (
    <DataTable
      label={t('incidents.transitions')}
      rows={transitions}
      keyOf={({ at, capability, to }) => `${at} ${capability} ${to}`}
      columns={[
        { name: 'at', title: t('incidents.at'), cell: ({ at }) => moment(at) },
        { name: 'what', title: t('incidents.capability'), cell: ({ capability }) => t(`now.capability.${capability}`) },
        {
          name: 'change',
          title: t('incidents.change'),
          cell: ({ from, to }) => (
            <Group gap={4}>
              <StateBadge state={from} size="sm" />
              <span aria-label={t('incidents.became')}>→</span>
              <StateBadge state={to} size="sm" />
            </Group>
          ),
        },
        { name: 'statistic', title: t('incidents.statistic'), cell: statisticOf },
        { name: 'reason', title: t('incidents.reason'), cell: ({ reason }) => <Text size="sm">{reason}</Text> },
      ]}
    />
  );
};
