import { TagsInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { tellProblem } from '../../ui/tell.ts';
import { retagPosts } from '../retag-posts.ts';
import type { BulkFormProps } from './bulk-form.ts';
import { useUndoable } from './use-undoable.ts';

export const TagForm = ({ posts, onDone }: BulkFormProps) => {
  const { t } = useTranslation();
  const settle = useUndoable(onDone);
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const save = useMutation({
    mutationFn: () => retagPosts(posts, add, remove),
    onSuccess: ({ changed, problem }) => {
      if (problem) tellProblem(problem);
      const message = t('library.bulk.tagged', { count: changed.length });
      return settle(message, async () => {
        const { problem: refused } = await retagPosts(changed, remove, add, posts);
        if (refused) throw refused;
      });
    },
  });
  const carried = [...new Set(posts.flatMap(({ tags }) => tags))];
  return (
    <SubmitForm label={t('common.save')} action={save} onSubmit={() => save.mutate()}>
      <TagsInput label={t('library.bulk.tagWhat')} value={add} onChange={setAdd} data-autofocus />
      <TagsInput label={t('library.bulk.untagWhat')} value={remove} onChange={setRemove} data={carried} />
    </SubmitForm>
  );
};
