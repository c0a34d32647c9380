import { Anchor, Button, Group, List, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  subscriberImportsCancelMutation,
  subscriberImportsGetOptions,
  subscriberImportsRowsInfiniteOptions,
  subscriberImportsStartMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SubscriberImportDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Answered } from '../../ui/answered.tsx';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProgressNote } from '../../ui/progress-note.tsx';
import { isUnderWay, rowsIn, settledIn, type Verdict, VERDICTS } from './import-progress.ts';

const WHILE_UNDER_WAY_MS = 1_000;

export const ImportView = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const found = useQuery({
    ...subscriberImportsGetOptions({ path: { id } }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.state) ? WHILE_UNDER_WAY_MS : false),
  });
  return (
    <Stack>
      <Anchor component={Link} to="/audience/imports" size="sm">
        {t('audience.import.back')}
      </Anchor>
      <Answered query={found}>
        {(run) => (
          <>
            <Run run={run} />
            <Rows id={id} key={run.state} />
          </>
        )}
      </Answered>
    </Stack>
  );
};

const Run = ({ run }: { readonly run: SubscriberImportDto }) => {
  const { t, i18n } = useTranslation();
  const total = rowsIn(run);
  const settled = settledIn(run);
  return (
    <Panel
      title={run.fileName ?? run.source}
      note={t(`audience.import.stateWhat.${run.state}`)}
      actions={<Deeds run={run} />}
    >
      {isUnderWay(run.state) && (
        <ProgressNote
          label={t(`audience.import.state.${run.state}`)}
          done={settled}
          total={run.state === 'receiving' ? undefined : total}
          detail={t('audience.import.rows', { done: settled, total })}
        />
      )}
      <SimpleGrid cols={{ base: 2, xs: 4 }}>
        {VERDICTS.filter((verdict) => run.rows[verdict] > 0).map((verdict) => (
          <div key={verdict}>
            <Text size="xl" fw={700}>
              {run.rows[verdict].toLocaleString(i18n.language)}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`audience.import.verdict.${verdict}`)}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      {run.ignoredColumns && run.ignoredColumns.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('audience.import.ignored', { columns: run.ignoredColumns.join(', ') })}
        </Text>
      )}
    </Panel>
  );
};

const Deeds = ({ run }: { readonly run: SubscriberImportDto }) => {
  const { t } = useTranslation();
  const path = { id: run.id };
  const start = useDeed(subscriberImportsStartMutation(), { tags: ['Audience'] });
  const cancel = useDeed(subscriberImportsCancelMutation(), { tags: ['Audience'] });
  const { ready, bad } = run.rows;
  const mayStart = (run.state === 'checked' || run.state === 'cancelled') && ready > 0;
  return (
    <Group gap="xs">
      {bad > 0 && (
        <Button size="xs" variant="default" component="a" href={`/v1/subscriber-imports/${run.id}/errors.csv`} download>
          {t('audience.import.errors')}
        </Button>
      )}
      {(run.state === 'queued' || run.state === 'running') && (
        <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ path })}>
          {t('audience.import.stop')}
        </Button>
      )}
      {mayStart && (
        <AskButton
          variant="filled"
          label={t('audience.import.start', { count: ready })}
          title={t('audience.import.startTitle', { count: ready })}
          text={run.askToConfirm ? t('audience.import.startAsks') : t('audience.import.startSilent')}
          yes={t('audience.import.startYes')}
          onYes={() => start.mutate({ path })}
        />
      )}
    </Group>
  );
};

const Rows = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const rows = useInfiniteQuery({
    ...subscriberImportsRowsInfiniteOptions({ path: { id }, query: verdict ? { verdict } : {} }),
    ...BY_CURSOR,
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
