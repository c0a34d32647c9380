import { Chip, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../api/by-cursor.ts';
import { ledgerEntriesInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { LedgerEntryDto } from '../api/generated/types.gen.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { Panel } from '../ui/panel.tsx';
import { useTimes } from '../ui/times.ts';

const KINDS = ['transition', 'decision', 'signal', 'advisory', 'override', 'audience', 'note'] as const;
const PAGE = 50;
const ALL = 'all';

/** One line per thing that happened, written once and never changed. */
export const Ledger = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const [kind, setKind] = useState<LedgerEntryDto['kind']>();
  const query = useInfiniteQuery({
    ...ledgerEntriesInfiniteOptions({ path: { id }, query: { limit: PAGE, ...(kind ? { kind } : {}) } }),
    ...BY_CURSOR,
  });
  return (
    <Panel title={t('incidents.ledger')} note={t('incidents.ledgerWhat')}>
      <Stack>
        <Chip.Group value={kind ?? ALL} onChange={(value) => setKind(KINDS.find((one) => one === value))}>
          <Group gap="xs" role="radiogroup" aria-label={t('incidents.kindTitle')}>
            <Chip value={ALL}>{t('common.all')}</Chip>
            {KINDS.map((one) => (
              <Chip key={one} value={one}>
                {t(`incidents.kind.${one}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Listed query={query} empty={<EmptyState what={t('incidents.noEntries')} />}>
          {(items) => (
            <DataTable
              label={t('incidents.ledger')}
              rows={items}
              keyOf={({ id: entry }) => entry}
              columns={[
                { name: 'at', title: t('incidents.at'), cell: ({ at }) => moment(at) },
                { name: 'kind', title: t('incidents.kindTitle'), cell: (entry) => t(`incidents.kind.${entry.kind}`) },
                { name: 'text', title: t('incidents.what'), cell: ({ text }) => <Text size="sm">{text}</Text> },
                { name: 'actor', title: t('incidents.actor'), cell: ({ actor }) => actor ?? '–' },
              ]}
            />
          )}
        </Listed>
      </Stack>
    </Panel>
  );
};
