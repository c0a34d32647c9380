import { Anchor, List, NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { BY_CURSOR } from '../api/by-cursor.ts';
import { postImportsRowsInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ImportRowDto, PostImportDto } from '../api/generated/types.gen.ts';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { Listed } from '../ui/listed.tsx';
import { postPath } from '../ui/post-path.ts';
import { firstShown, ROW_STATES, type RowState } from './import-state.ts';

const PAGE = 50;

/** What each row became or would become. */
export const ImportRows = ({ found }: { readonly found: PostImportDto }) => {
  const { t } = useTranslation();
  const [state, setState] = useState<RowState | undefined>(() => firstShown(found));
  const query = useInfiniteQuery({
    ...postImportsRowsInfiniteOptions({ path: { id: found.id }, query: { limit: PAGE, ...(state ? { state } : {}) } }),
    ...BY_CURSOR,
    // What stands in the rows is another thing after each state of the import.
    staleTime: 0,
  });
  const columns: readonly Column<ImportRowDto>[] = [
    { name: 'row', title: '#', cell: ({ row }) => t('library.import.row', { row }) },
    { name: 'state', title: t('library.status'), cell: (row) => t(`library.import.rowState.${row.state}`) },
    { name: 'problems', title: t('compose.check'), cell: (row) => <RowVerdict row={row} /> },
  ];
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t('library.import.show')}
        value={state ?? ''}
        onChange={({ currentTarget }) => setState(ROW_STATES.find((name) => name === currentTarget.value))}
        data={[
          { value: '', label: t('library.import.all') },
          ...ROW_STATES.map((name) => ({ value: name, label: t(`library.import.rows.${name}`) })),
        ]}
        maw={240}
      />
      <Listed query={query} empty={<Text size="sm">{t('common.none')}</Text>}>
        {(rows) => (
          <DataTable
            label={t('library.import.rows.total')}
            columns={columns}
            rows={rows}
            keyOf={({ row }) => String(row)}
          />
        )}
      </Listed>
    </Stack>
  );
};

const RowVerdict = ({ row }: { readonly row: ImportRowDto }) => {
  const { t } = useTranslation();
  if (row.postId)
    return (
      <Anchor component={Link} to={postPath(row.postId)} size="sm">
        {t('library.open')}
      </Anchor>
    );
  return (
    <List size="sm" listStyleType="none">
      {row.problems.map(({ column, message }) => (
        <List.Item key={`${column} ${message}`}>
          {column && <b>{column}: </b>}
          {message}
        </List.Item>
      ))}
    </List>
  );
};
