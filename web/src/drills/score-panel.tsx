import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ScoreItemDto } from '../api/generated/types.gen.ts';
import { DataTable } from '../ui/data-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';

interface ScorePanelProps {
  readonly items: readonly ScoreItemDto[];
  readonly before: readonly { readonly code: string; readonly before: number }[] | undefined;
}

/** Points of each item, what they were before, and what to do next. */
export const ScorePanel = ({ items, before = [] }: ScorePanelProps) => {
  const { t, i18n } = useTranslation();
  const say = (value: number, unit: ScoreItemDto['unit']): string => {
    if (unit === 'share') return new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(value);
    return unit === 'seconds' ? t('drills.seconds', { count: Math.round(value) }) : String(value);
  };
  const earlier = ({ code, unit }: ScoreItemDto): string => {
    const was = before.find((item) => item.code === code)?.before;
    return was === undefined ? '' : ` (${t('drills.before', { value: say(was, unit) })})`;
  };
  return (
    <Panel title={t('drills.score')}>
      <DataTable
        label={t('drills.score')}
        rows={items}
        keyOf={({ code }) => code}
        columns={[
          { name: 'what', title: t('drills.what'), cell: ({ code }) => t(`drills.item.${code}`) },
          {
            name: 'verdict',
            title: t('drills.verdict'),
            cell: ({ verdict }) => <StateBadge state={verdict} size="sm" />,
          },
          { name: 'value', title: t('drills.value'), cell: (item) => `${say(item.value, item.unit)}${earlier(item)}` },
          { name: 'points', title: t('drills.points'), align: 'end', cell: ({ points, of }) => `${points} / ${of}` },
          { name: 'next', title: t('drills.next'), cell: ({ next }) => <Text size="sm">{next}</Text> },
        ]}
      />
    </Panel>
  );
};
