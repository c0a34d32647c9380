import { Button, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bulkPostsPause, bulkPostsResume } from '../../api/generated/sdk.gen.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { tellDone, tellProblem } from '../../ui/tell.ts';
import { type BulkFormProps, idsOf, refresh } from './bulk-form.ts';
import { useUndoable } from './use-undoable.ts';

export const PauseForm = ({ posts, onDone }: BulkFormProps) => {
  const { t } = useTranslation();
  const settle = useUndoable(onDone);
  const [reason, setReason] = useState('');
  const postIds = idsOf(posts);
  const pause = useMutation({
    mutationFn: async () => (await bulkPostsPause({ body: { postIds, ...(reason === '' ? {} : { reason }) } })).data,
    onSuccess: ({ changed, held, tooLate, postIds: paused }) =>
      settle(t('library.bulk.pausedDone', { changed, held, tooLate }), () =>
        paused.length === 0 ? Promise.resolve() : bulkPostsResume({ body: { postIds: paused } }),
      ),
  });
  return (
    <SubmitForm label={t('library.bulk.pause')} action={pause} onSubmit={() => pause.mutate()}>
      <Text size="sm">{t('library.bulk.pauseWhat')}</Text>
      <TextInput
        label={t('library.bulk.reason')}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        data-autofocus
      />
    </SubmitForm>
  );
};

export const ResumeButton = ({ posts, onDone }: BulkFormProps) => {
  const { t } = useTranslation();
  const resume = useMutation({
    mutationFn: async () => (await bulkPostsResume({ body: { postIds: idsOf(posts) } })).data,
    onSuccess: async ({ changed, released }) => {
      onDone();
      tellDone(t('library.bulk.resumedDone', { changed, released }));
      await refresh();
    },
    onError: tellProblem,
  });
  return (
    <Button size="xs" variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
      {t('library.bulk.resume')}
    </Button>
  );
};
