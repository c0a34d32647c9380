import { Button, Group, Modal, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../api/by-cursor.ts';
import {
  hashtagSetsListInfiniteOptions,
  hashtagSetsRemoveMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import { hashtagSetsChange, hashtagSetsCreate } from '../api/generated/sdk.gen.ts';
import type { HashtagSetDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { Panel } from '../ui/panel.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { tellUndo } from '../ui/tell-undo.tsx';
import { useFields } from '../ui/use-fields.ts';

const PAGE = 50;
const refresh = () => refreshTags(['Hashtag sets']);

/** Hashtags that belong together. */
export const HashtagSets = () => {
  const { t } = useTranslation();
  const { may } = useSession();
  const [edited, setEdited] = useState<HashtagSetDto | 'new'>();
  const query = useInfiniteQuery({ ...hashtagSetsListInfiniteOptions({ query: { limit: PAGE } }), ...BY_CURSOR });
  const close = (): void => setEdited(undefined);
  const add = may('posts:write') && (
    <Button size="xs" onClick={() => setEdited('new')}>
      {t('library.newSet')}
    </Button>
  );
  return (
    <Panel title={t('library.sets')} actions={add}>
      <Listed query={query} empty={<EmptyState what={t('library.noSets')} next={add} />}>
        {(sets) => (
          <Stack gap="sm">
            {sets.map((set) => (
              <SetRow key={set.id} set={set} onEdit={() => setEdited(set)} />
            ))}
          </Stack>
        )}
      </Listed>
      <Modal
        opened={edited !== undefined}
        onClose={close}
        title={edited === 'new' ? t('library.newSet') : edited?.name}
      >
        {edited && <SetForm set={edited === 'new' ? undefined : edited} onDone={close} />}
      </Modal>
    </Panel>
  );
};

const SetRow = ({ set, onEdit }: { readonly set: HashtagSetDto; readonly onEdit: () => void }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const { name, hashtags } = set;
  const remove = useMutation({
    ...hashtagSetsRemoveMutation(),
    onSuccess: async () => {
      await refresh();
      tellUndo(t('library.deleted'), t('common.undo'), () => {
        hashtagSetsCreate({ body: { name, hashtags } }).then(refresh, tellProblem);
      });
    },
    onError: tellProblem,
  });
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {hashtags.map((tag) => `#${tag.replace(/^#/, '')}`).join(' ')}
        </Text>
      </div>
      {may('posts:write') && (
        <Group gap={4} wrap="nowrap">
          <Button size="compact-xs" variant="default" aria-label={`${t('common.edit')}: ${name}`} onClick={onEdit}>
            {t('common.edit')}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={t('library.delete', { name })}
            loading={remove.isPending}
            onClick={() => remove.mutate({ path: { id: set.id } })}
          >
            {t('common.delete')}
          </Button>
        </Group>
      )}
    </Group>
  );
};

interface SetFormProps {
  readonly set: HashtagSetDto | undefined;
  readonly onDone: () => void;
}

const SetForm = ({ set, onDone }: SetFormProps) => {
  const { t } = useTranslation();
  const save = useMutation({
    mutationFn: async (body: { name: string; hashtags: string[] }) =>
      set ? hashtagSetsChange({ path: { id: set.id }, body }) : hashtagSetsCreate({ body }),
    onSuccess: () => {
      onDone();
      tellDone(t('common.saved'));
      return refresh();
    },
  });
  const form = useFields({ name: set?.name ?? '', hashtags: set?.hashtags ?? [] }, save.error);
  return (
    <SubmitForm
      label={t('common.save')}
      action={save}
      onSubmit={() => save.mutate(form.values)}
      fields={['name', 'hashtags']}
    >
      <TextInput label={t('library.setName')} data-autofocus {...form.text('name')} />
      <TagsInput
        label={t('library.hashtags')}
        description={t('library.hashtagsHint')}
        splitChars={[',', ' ']}
        {...form.pick('hashtags')}
      />
    </SubmitForm>
  );
};
