import { Anchor, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { BY_CURSOR } from '../api/by-cursor.ts';
import { tagsListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { renameTagsRename } from '../api/generated/sdk.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { Panel } from '../ui/panel.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone } from '../ui/tell.ts';
import { useFields } from '../ui/use-fields.ts';
import { writeFilters } from './post-filters.ts';

const PAGE = 100;

/** Every tag with its posts. */
export const TagList = () => {
  const { t } = useTranslation();
  const { may } = useSession();
  const [renamed, setRenamed] = useState<string>();
  const query = useInfiniteQuery({ ...tagsListInfiniteOptions({ query: { limit: PAGE } }), ...BY_CURSOR });
  return (
    <Panel title={t('library.tags')}>
      <Listed query={query} empty={<EmptyState what={t('library.noTags')} />}>
        {(tags) => (
          <Stack gap={6} component="ul" p={0} m={0}>
            {tags.map(({ tag, posts }) => (
              <Group key={tag} component="li" justify="space-between" wrap="nowrap">
                <Anchor component={Link} to={`/library?${writeFilters({ tag }).toString()}`} size="sm" truncate>
                  {tag}
                </Anchor>
                <Group gap="xs" wrap="nowrap">
                  <Text size="sm" c="dimmed">
                    {t('library.uses', { count: posts })}
                  </Text>
                  {may('posts:write') && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`${t('library.rename')}: ${tag}`}
                      onClick={() => setRenamed(tag)}
                    >
                      {t('library.rename')}
                    </Button>
                  )}
                </Group>
              </Group>
            ))}
          </Stack>
        )}
      </Listed>
      <Modal opened={renamed !== undefined} onClose={() => setRenamed(undefined)} title={t('library.rename')}>
        {renamed !== undefined && <RenameForm tag={renamed} onDone={() => setRenamed(undefined)} />}
      </Modal>
    </Panel>
  );
};

/** Until no waiting post carries the old one: the server takes 200 of them a call. */
const renameEverywhere = async (from: string, to: string): Promise<number> => {
  let posts = 0;
  for (;;) {
    const { data } = await renameTagsRename({ body: { from, to } });
    posts += data.posts;
    if (data.remainingPosts === 0 || data.posts === 0) return posts;
  }
};

const RenameForm = ({ tag, onDone }: { readonly tag: string; readonly onDone: () => void }) => {
  const { t } = useTranslation();
  const rename = useMutation({
    mutationFn: (to: string) => renameEverywhere(tag, to),
    onSuccess: (count) => {
      onDone();
      tellDone(t('library.renamed', { count }));
      return refreshTags(['Tags', 'Posts', 'Queues', 'Recycling']);
    },
  });
  const form = useFields({ to: tag }, rename.error);
  return (
    <SubmitForm label={t('common.save')} action={rename} onSubmit={() => rename.mutate(form.values.to)} fields={['to']}>
      <TextInput label={t('library.renameTo', { tag })} data-autofocus {...form.text('to')} />
    </SubmitForm>
  );
};
