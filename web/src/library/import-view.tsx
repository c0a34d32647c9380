import { Anchor, Badge, Button, Group, List, NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { BY_CURSOR } from '../api/by-cursor.ts';
import {
  postImportsCancelMutation,
  postImportsGetOptions,
  postImportsRowsInfiniteOptions,
  postImportsStartMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { ImportRowDto, PostImportDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { Answered } from '../ui/answered.tsx';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { Listed } from '../ui/listed.tsx';
import { Panel } from '../ui/panel.tsx';
import { postPath } from '../ui/post-path.ts';
import { ProgressNote } from '../ui/progress-note.tsx';
import { tellProblem } from '../ui/tell.ts';
import { firstShown, standOf } from './import-state.ts';

const LOOK_EVERY_MS = 1_000;
const PAGE = 50;
const ROW_STATES = ['ready', 'fetching', 'bad', 'duplicate', 'done', 'failed'] as const;
type RowState = (typeof ROW_STATES)[number];

/** One import: what each row became or would become. No event tells its progress, so it is asked for while it moves. */
export const ImportView = () => {
  const { importId = '' } = useParams();
  const query = useQuery({
    ...postImportsGetOptions({ path: { id: importId } }),
    refetchInterval: ({ state }) => (state.data && standOf(state.data).isMoving ? LOOK_EVERY_MS : false),
  });
  return (
    <Answered query={query}>
      {(found) => (
        <Stack>
          <ImportHead found={found} />
          <ImportRows key={found.state} found={found} />
        </Stack>
      )}
    </Answered>
  );
};

const ImportHead = ({ found }: { readonly found: PostImportDto }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const stand = standOf(found);
  const settled = { onSuccess: () => refreshTags(['Posts', 'Calendar', 'Tags']), onError: tellProblem };
  const start = useMutation({ ...postImportsStartMutation(), ...settled });
  const cancel = useMutation({ ...postImportsCancelMutation(), ...settled });
  const path = { id: found.id };
  return (
    <Panel
      title={found.fileName ?? t('library.import.unnamed')}
      note={t(`library.import.state.${found.state}`)}
      actions={
        <Group gap="xs">
          {stand.hasErrors && (
            <Button
              component="a"
              href={`/v1/posts/imports/${found.id}/errors.csv`}
              download
              size="xs"
              variant="default"
            >
              {t('library.import.errorFile')}
            </Button>
          )}
          {stand.mayStart && may('posts:write') && (
            <Button
              size="xs"
              loading={start.isPending}
              // Whoever presses this has seen the bad rows.
              onClick={() => start.mutate({ path, body: { badRows: 'skip' } })}
            >
              {found.state === 'cancelled'
                ? t('library.import.goOn')
                : t('library.import.start', { count: found.rows.ready + found.rows.fetching })}
            </Button>
          )}
        </Group>
      }
    >
      <Group gap="xs">
        {(['total', ...ROW_STATES] as const)
          .filter((name) => name === 'total' || found.rows[name] > 0)
          .map((name) => (
            <Badge key={name} variant="default" size="lg" tt="none" fw={500}>
              {t(`library.import.rows.${name}`)}: {found.rows[name].toLocaleString()}
            </Badge>
          ))}
      </Group>
      {found.ignoredColumns.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('library.import.ignored', { columns: found.ignoredColumns.join(', ') })}
        </Text>
      )}
      {stand.isMoving && (
        <ProgressNote
          label={t(`library.import.state.${found.state}`)}
          done={stand.done}
          total={stand.total}
          detail={t('library.import.progress', { done: stand.done, total: stand.total })}
          actions={
            may('posts:write') && (
              <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ path })}>
                {t('library.import.cancel')}
              </Button>
            )
          }
        />
      )}
    </Panel>
  );
};

const ImportRows = ({ found }: { readonly found: PostImportDto }) => {
  const { t } = useTranslation();
  const [state, setState] = useState<RowState | undefined>(() => firstShown(found));
  const query = useInfiniteQuery({
    ...postImportsRowsInfiniteOptions({ path: { id: found.id }, query: { limit: PAGE, ...(state ? { state } : {}) } }),
    ...BY_CURSOR,
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
