import { Modal, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refreshTags } from '../../api/queries.ts';
import { Answered } from '../../ui/answered.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { tellDone } from '../../ui/tell.ts';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import type { CalendarGroup } from '../groups.ts';
import { changeOccurrence, readOccurrence } from '../run-deeds.ts';
import { TOUCHED } from '../use-run-change.ts';

interface WordsDialogProps {
  readonly group: CalendarGroup;
  readonly onClose: () => void;
}

/** Words for one run of a recurring post: begins with those that it has. */
export const WordsDialog = ({ group, onClose }: WordsDialogProps) => {
  useFocusBack();
  const { t } = useTranslation();
  const run = useQuery({
    queryKey: [{ _id: 'runWords', tags: TOUCHED }, group.key],
    queryFn: () => readOccurrence(group),
    retry: false,
  });
  return (
    <Modal opened onClose={onClose} title={t('calendar.ownWords')}>
      <Answered query={run}>
        {({ caption = group.caption }) => <WordsForm group={group} shown={caption} onClose={onClose} />}
      </Answered>
    </Modal>
  );
};

/** @param shown what the run says as it is; emptied, it says the post's words again */
const WordsForm = ({ group, shown, onClose }: WordsDialogProps & { readonly shown: string }) => {
  const { t } = useTranslation();
  const [caption, setCaption] = useState(shown);
  const save = useMutation({
    mutationFn: () => changeOccurrence(group, { caption: caption.trim() === '' ? null : caption }),
    onSuccess: () => {
      void refreshTags(TOUCHED);
      tellDone(t('common.saved'));
      onClose();
    },
  });
  return (
    <SubmitForm label={t('common.save')} action={save} onSubmit={() => (caption === shown ? onClose() : save.mutate())}>
      <Textarea
        data-autofocus
        autosize
        minRows={3}
        maxRows={14}
        label={t('calendar.caption')}
        description={t('calendar.ownWordsWhat')}
        value={caption}
        onChange={({ currentTarget }) => setCaption(currentTarget.value)}
      />
    </SubmitForm>
  );
};
