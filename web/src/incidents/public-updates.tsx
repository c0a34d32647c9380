import { Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import { BY_CURSOR } from '../api/by-cursor.ts';
import {
  incidentUpdatesListInfiniteOptions,
  incidentUpdatesPostMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostUpdateDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { confirm } from '../ui/confirm.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone } from '../ui/tell.ts';
import { useTimes } from '../ui/times.ts';
import { useFields } from '../ui/use-fields.ts';

const STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'] as const;

/** What the public is told on the status page, per feature; never changed, only followed by another. */
export const PublicUpdates = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const { moment } = useTimes();
  const query = useInfiniteQuery({ ...incidentUpdatesListInfiniteOptions({ path: { id } }), ...BY_CURSOR });
  return (
    <Panel title={t('incidents.updates')} note={t('incidents.updatesWhat')}>
      {may('health:write') && <UpdateForm id={id} />}
      <Listed query={query} empty={<EmptyState what={t('incidents.noUpdates')} />}>
        {(items) => (
          <Stack gap="sm">
            {items.map((update) => (
              <Stack key={update.id} gap={2}>
                <Group gap="xs">
                  <StateBadge state={update.status} />
                  <Text size="sm" fw={600}>
                    {update.feature}
                  </Text>
                </Group>
                <Text size="sm">{update.text}</Text>
                <Text size="sm" c="dimmed">
                  {moment(update.at)} · {update.author}
                </Text>
              </Stack>
            ))}
          </Stack>
        )}
      </Listed>
    </Panel>
  );
};

const UpdateForm = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const post = useMutation({
    ...incidentUpdatesPostMutation(),
    onSuccess: () => {
      tellDone(t('incidents.updatePosted'));
      form.set({ text: '' });
      void refreshTags(['Incidents']);
    },
  });
  const form = useFields<PostUpdateDto>({ feature: '', status: 'investigating', text: '' }, post.error);
  const ask = async () => {
    const yes = t('incidents.postUpdate');
    const isSure = await confirm({ title: yes, text: t('incidents.postText'), yes, isGrave: false });
    if (isSure) post.mutate({ path: { id }, body: form.values });
  };
  return (
    <SubmitForm
      label={t('incidents.postUpdate')}
      action={post}
      onSubmit={() => void ask()}
      fields={['feature', 'text']}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('incidents.feature')}
          placeholder={t('incidents.featureExample')}
          {...form.text('feature')}
        />
        <Select
          label={t('common.status')}
          data={STATUSES.map((value) => ({ value, label: t(`state.${value}`) }))}
          allowDeselect={false}
          value={form.values.status}
          onChange={(value) => value && form.set({ status: value })}
        />
      </SimpleGrid>
      <Textarea label={t('incidents.publicText')} autosize minRows={2} {...form.text('text')} />
    </SubmitForm>
  );
};
