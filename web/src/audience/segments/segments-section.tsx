import { Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  segmentsChangeMutation,
  segmentsCountSavedOptions,
  segmentsCreateMutation,
  segmentsDeleteMutation,
  segmentsListInfiniteOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SegmentDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SegmentForm } from './segment-form.tsx';

const TAGS = ['Audience'];

export default function SegmentsSection() {
  const { t } = useTranslation();
  const segments = useInfiniteQuery({ ...segmentsListInfiniteOptions(), ...BY_CURSOR });
  return (
    <Panel title={t('audience.section.segments')} note={t('audience.segment.note')} actions={<NewSegment />}>
      <Listed query={segments} empty={<EmptyState what={t('audience.segment.none')} next={<NewSegment />} />}>
        {(items) => (
          <DataTable<SegmentDto>
            label={t('audience.section.segments')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { name: 'name', title: t('common.name'), cell: ({ name }) => name },
              { name: 'count', title: t('audience.segment.holds'), cell: ({ id }) => <Count id={id} /> },
              { name: 'do', title: '', align: 'end', cell: (segment) => <Deeds segment={segment} /> },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
}

const Count = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const count = useQuery(segmentsCountSavedOptions({ path: { id } }));
  return <Text size="sm">{count.data ? t('audience.segment.counts', { ...count.data }) : '…'}</Text>;
};

const NewSegment = () => {
  const { t } = useTranslation();
  const create = useDeed(segmentsCreateMutation(), { tags: TAGS, said: t('common.saved'), inForm: true });
  return (
    <ModalButton label={t('audience.segment.create')} variant="filled" width="xl">
      {(close) => (
        <SegmentForm
          label={t('common.save')}
          action={create}
          onSubmit={(body) => create.mutate({ body }, { onSuccess: close })}
        />
      )}
    </ModalButton>
  );
};

const Deeds = ({ segment }: { readonly segment: SegmentDto }) => {
  const { t } = useTranslation();
  const path = { id: segment.id };
  const change = useDeed(segmentsChangeMutation(), { tags: TAGS, said: t('common.saved'), inForm: true });
  const remove = useDeed(segmentsDeleteMutation(), { tags: TAGS, said: t('audience.segment.removed') });
  return (
    <Group gap="xs" justify="flex-end">
      <Button size="xs" variant="default" component={Link} to={`/audience/subscribers?segment=${segment.id}`}>
        {t('audience.segment.people')}
      </Button>
      <ModalButton label={t('common.edit')} aria-label={`${t('common.edit')}: ${segment.name}`} width="xl">
        {(close) => (
          <SegmentForm
            label={t('common.save')}
            action={change}
            initial={segment}
            onSubmit={(body) => change.mutate({ path, body }, { onSuccess: close })}
          />
        )}
      </ModalButton>
      <AskButton
        label={t('common.delete')}
        of={segment.name}
        title={t('audience.segment.removeTitle', { name: segment.name })}
        text={t('audience.segment.removeText')}
        yes={t('common.delete')}
        onYes={() => remove.mutate({ path })}
      />
    </Group>
  );
};
