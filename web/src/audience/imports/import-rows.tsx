import { List, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import { subscriberImportsRowsInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type Verdict, VERDICTS } from './import-progress.ts';

/** The verdict on each row. */
export const ImportRows = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const rows = useInfiniteQuery({
    ...subscriberImportsRowsInfiniteOptions({ path: { id }, query: verdict ? { verdict } : {} }),
    ...BY_CURSOR,
    // What stands in the rows is another thing after each state of the import.
    staleTime: 0,
  });
  return (
    <Panel
      title={t('audience.import.rowsTitle')}
      actions={
        <Select
          size="xs"
          aria-label={t('audience.import.verdictIs')}
          placeholder={t('common.all')}
          data={VERDICTS.map((value) => ({ value, label: t(`audience.import.verdict.${value}`) }))}
          value={verdict}
          onChange={setVerdict}
          clearable
        />
      }
    >
      <Listed query={rows} empty={<EmptyState what={t('audience.import.noRows')} />}>
        {(items) => (
          <DataTable
            label={t('audience.import.rowsTitle')}
            rows={items}
            keyOf={({ row }) => String(row)}
            columns={[
              { name: 'row', title: t('audience.import.row'), cell: ({ row }) => row },
              {
                name: 'verdict',
                title: t('audience.import.verdictIs'),
                cell: (one) => t(`audience.import.verdict.${one.verdict}`),
              },
              {
                name: 'problems',
                title: t('audience.import.problems'),
                cell: ({ problems }) => (
                  <List size="sm">
                    {problems.map(({ column, code, message }) => (
                      <List.Item key={`${column} ${code}`}>
                        {column && <b>{column}: </b>}
                        {message}
                      </List.Item>
                    ))}
                  </List>
                ),
              },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};
