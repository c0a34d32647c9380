import { Button, Group, Modal, Paper, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostDto } from '../api/generated/types.gen.ts';
import { PauseForm, ResumeButton } from './bulk/pause-form.tsx';
import { RequeueForm } from './bulk/requeue-form.tsx';
import { ShiftForm } from './bulk/shift-form.tsx';
import { TagForm } from './bulk/tag-form.tsx';

interface BulkBarProps {
  readonly posts: readonly PostDto[];
  readonly onDone: () => void;
}

const DEEDS = { tag: TagForm, pause: PauseForm, shift: ShiftForm, requeue: RequeueForm } as const;
type Deed = keyof typeof DEEDS;

/** What can be done to all chosen posts; each deed asks first, and can be taken back where that is possible. */
export const BulkBar = ({ posts, onDone }: BulkBarProps) => {
  const { t } = useTranslation();
  const [deed, setDeed] = useState<Deed>();
  const Form = deed && DEEDS[deed];
  const close = (): void => setDeed(undefined);
  return (
    <Paper withBorder p="xs" role="region" aria-label={t('library.selected', { count: posts.length })}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500} aria-live="polite">
          {t('library.selected', { count: posts.length })}
        </Text>
        <Group gap="xs">
          {(Object.keys(DEEDS) as Deed[]).map((name) => (
            <Button key={name} size="xs" variant="default" onClick={() => setDeed(name)}>
              {t(`library.bulk.${name}`)}
            </Button>
          ))}
          {posts.some(({ pausedAt }) => pausedAt) && <ResumeButton posts={posts} onDone={onDone} />}
          <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
            {t('library.unselect')}
          </Button>
        </Group>
      </Group>
      <Modal opened={deed !== undefined} onClose={close} title={deed && t(`library.bulk.${deed}`)}>
        {Form && (
          <Form
            posts={posts}
            onDone={() => {
              close();
              onDone();
            }}
          />
        )}
      </Modal>
    </Paper>
  );
};
