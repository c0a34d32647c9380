import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../api/by-cursor.ts';
import {
  calendarFeedsCreateMutation,
  calendarFeedsListInfiniteOptions,
  calendarFeedsRevokeMutation,
  calendarFeedsRotateMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { CalendarFeedDto } from '../api/generated/types.gen.ts';
import { useDeed } from '../api/use-deed.ts';
import { AskButton } from '../ui/ask-button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { Panel } from '../ui/panel.tsx';
import { ShownOnce } from '../ui/shown-once.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useTimes } from '../ui/times.ts';
import { useFields } from '../ui/use-fields.ts';

const TAGS = ['Calendar'];

export default function FeedsSection() {
  const { t } = useTranslation();
  const [url, setUrl] = useState<string>();
  const create = useDeed(calendarFeedsCreateMutation(), {
    tags: TAGS,
    inForm: true,
    onDone: (feed) => {
      setUrl(feed.url);
      form.set({ name: '' });
    },
  });
  const form = useFields({ name: '' }, create.error);
  return (
    <Stack>
      {url !== undefined && <ShownOnce label={t('settings.feeds.address')} secret={url} />}
      <Panel title={t('settings.section.feeds')} note={t('settings.feeds.what')}>
        <SubmitForm
          label={t('settings.feeds.create')}
          action={create}
          fields={['name']}
          onSubmit={() => create.mutate({ body: form.values })}
        >
          <TextInput
            {...form.text('name')}
            label={t('common.name')}
            description={t('settings.feeds.nameWhat')}
            required
          />
        </SubmitForm>
        <Feeds onUrl={setUrl} />
      </Panel>
    </Stack>
  );
}

const Feeds = ({ onUrl }: { readonly onUrl: (url: string | undefined) => void }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const feeds = useInfiniteQuery({ ...calendarFeedsListInfiniteOptions(), ...BY_CURSOR });
  const rotate = useDeed(calendarFeedsRotateMutation(), { tags: TAGS, onDone: ({ url }) => onUrl(url) });
  const revoke = useDeed(calendarFeedsRevokeMutation(), { tags: TAGS, said: t('settings.feeds.revoked') });
  return (
    <Listed query={feeds} empty={<EmptyState what={t('settings.feeds.none')} />}>
      {(items) => (
        <DataTable<CalendarFeedDto>
          label={t('settings.section.feeds')}
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            { name: 'name', title: t('common.name'), cell: ({ name }) => name },
            {
              name: 'read',
              title: t('settings.feeds.lastRead'),
              cell: ({ lastReadAt }) => (lastReadAt ? moment(lastReadAt) : t('common.never')),
            },
            {
              name: 'do',
              title: '',
              align: 'end',
              cell: ({ id, name }) => (
                <Group gap="xs" justify="flex-end">
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`${t('settings.feeds.rotate')}: ${name}`}
                    onClick={() => rotate.mutate({ path: { id } })}
                  >
                    {t('settings.feeds.rotate')}
                  </Button>
                  <AskButton
                    label={t('common.remove')}
                    of={name}
                    title={t('settings.feeds.revokeTitle', { name })}
                    text={t('settings.feeds.revokeText')}
                    yes={t('common.remove')}
                    onYes={() => revoke.mutate({ path: { id } })}
                  />
                </Group>
              ),
            },
          ]}
        />
      )}
    </Listed>
  );
};
