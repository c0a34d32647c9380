import { Anchor, Button, Group, MultiSelect, NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { BY_CURSOR } from '../api/by-cursor.ts';
import { accountsListOptions, postImportsListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostImportDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { sendForm } from '../api/send-form.ts';
import { useSession } from '../access/session.ts';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FileDrop } from '../ui/file-drop.tsx';
import { Listed } from '../ui/listed.tsx';
import { Panel } from '../ui/panel.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { ProgressNote } from '../ui/progress-note.tsx';
import { sizeText } from '../ui/sizes.ts';
import { useTimes } from '../ui/times.ts';
import { exportPath, readFilters } from './post-filters.ts';

const LAYOUTS = ['perennial', 'publer', 'socialbee', 'metricool', 'buffer', 'meetedgar', 'zernio'];
const MANY = 100;
const PAGE = 20;

/** Many posts at once, in and out. */
export const ImportTab = () => {
  const { t } = useTranslation();
  const { may } = useSession();
  const [search] = useSearchParams();
  return (
    <Stack>
      {may('posts:write') && <NewImport />}
      <Panel title={t('library.export')}>
        <Group justify="space-between">
          <Text size="sm">{t('library.exportWhat')}</Text>
          <Button component="a" href={exportPath(readFilters(search))} download variant="default">
            {t('library.download')}
          </Button>
        </Group>
      </Panel>
      <Imports />
    </Stack>
  );
};

const NewImport = () => {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const accounts = useQuery(accountsListOptions({ query: { limit: MANY } })).data?.items ?? [];
  const [choice, setChoice] = useState({ layout: '', encoding: 'utf-8', badRows: 'skip' });
  const [accountIds, setAccountIds] = useState<string[]>([]);
  const [sent, setSent] = useState(0);
  const judge = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.set('file', file, file.name);
      const wish = { dryRun: 'true', ...choice, accountIds: accountIds.join(',') };
      const given = Object.entries(wish).filter(([, value]) => value !== '');
      const url = `/v1/posts/import?${new URLSearchParams(given).toString()}`;
      return sendForm<PostImportDto>({ url, form, onSent: setSent });
    },
    onSuccess: async ({ id }) => {
      await refreshTags(['Posts']);
      await navigate(`/library/import/${id}`);
    },
  });
  const pick = (name: keyof typeof choice) => ({
    value: choice[name],
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      setChoice({ ...choice, [name]: currentTarget.value }),
  });
  const file = judge.variables;
  return (
    <Panel title={t('library.tab.import')}>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t('library.layout')}
          {...pick('layout')}
          data={[{ value: '', label: t('library.byHeader') }, ...LAYOUTS]}
        />
        <NativeSelect label={t('library.encoding')} {...pick('encoding')} data={['utf-8', 'windows-1252']} />
        <NativeSelect
          label={t('library.badRows')}
          {...pick('badRows')}
          data={['skip', 'refuse'].map((value) => ({ value, label: t(`library.${value as 'skip'}`) }))}
        />
        <MultiSelect
          label={t('library.intoAccounts')}
          value={accountIds}
          onChange={setAccountIds}
          data={accounts.map(({ id, displayName, platform }) => ({
            value: id,
            label: `${displayName} (${platformTitle(platform)})`,
          }))}
          style={{ flexGrow: 1, minWidth: 220 }}
        />
      </Group>
      <FileDrop
        label={t('library.importFile')}
        hint={t('library.importHint')}
        accept=".csv,.tsv,.txt,text/csv"
        disabled={judge.isPending}
        onFiles={([chosen]) => chosen && judge.mutate(chosen)}
      />
      {judge.isPending && file && (
        <ProgressNote
          label={t('library.importing', { name: file.name })}
          done={sent}
          total={sent < file.size ? file.size : undefined}
          detail={sizeText(Math.min(sent, file.size), i18n.language)}
        />
      )}
      {judge.error && <ProblemNote error={judge.error} />}
    </Panel>
  );
};

const Imports = () => {
  const { t } = useTranslation();
  const times = useTimes();
  const query = useInfiniteQuery({ ...postImportsListInfiniteOptions({ query: { limit: PAGE } }), ...BY_CURSOR });
  const columns: readonly Column<PostImportDto>[] = [
    {
      name: 'file',
      title: t('library.import.file'),
      cell: ({ id, fileName }) => (
        <Anchor component={Link} to={`/library/import/${id}`} size="sm">
          {fileName ?? t('library.import.unnamed')}
        </Anchor>
      ),
    },
    { name: 'state', title: t('library.status'), cell: ({ state }) => t(`library.import.state.${state}`) },
    { name: 'rows', title: t('library.import.rows.total'), cell: ({ rows }) => rows.total, align: 'end' },
    { name: 'done', title: t('library.import.rows.done'), cell: ({ rows }) => rows.done, align: 'end' },
    { name: 'when', title: t('common.created'), cell: ({ createdAt }) => times.moment(createdAt) },
  ];
  return (
    <Panel title={t('library.imports')}>
      <Listed query={query} empty={<EmptyState what={t('library.noImports')} />}>
        {(items) => <DataTable label={t('library.imports')} columns={columns} rows={items} keyOf={({ id }) => id} />}
      </Listed>
    </Panel>
  );
};
