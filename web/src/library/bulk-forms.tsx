import { Button, Group, NumberInput, TagsInput, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bulkPostsPause, bulkPostsResume, targetBatchesRequeue, targetBatchesShift } from '../api/generated/sdk.gen.ts';
import type { PostDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { tellUndo } from '../ui/tell-undo.tsx';
import { lostTargets, waitingTargets } from './bulk.ts';
import { retagPosts } from './retag-posts.ts';

export interface BulkFormProps {
  readonly posts: readonly PostDto[];
  readonly onDone: () => void;
}

const refresh = () => refreshTags(['Posts', 'Targets', 'Calendar', 'Tags', 'Now', 'Pauses']);
const idsOf = (posts: readonly PostDto[]): string[] => posts.map(({ id }) => id);

/** Says what was done and offers to take it back; a refusal of that is told as well. */
const useUndoable = (onDone: () => void) => {
  const { t } = useTranslation();
  return async (message: string, undo: () => Promise<unknown>): Promise<void> => {
    onDone();
    await refresh();
    tellUndo(message, t('common.undo'), () => {
      undo()
        .then(refresh)
        .then(() => tellDone(t('library.bulk.undone')), tellProblem);
    });
  };
};

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

export const PauseForm = ({ posts, onDone }: BulkFormProps) => {
  const { t } = useTranslation();
  const settle = useUndoable(onDone);
  const [reason, setReason] = useState('');
  const postIds = idsOf(posts);
  const pause = useMutation({
    mutationFn: async () =>
      (await bulkPostsPause({ body: { postIds, ...(reason === '' ? {} : { reason }) }, throwOnError: true })).data,
    onSuccess: ({ changed, held, tooLate, postIds: paused }) =>
      settle(t('library.bulk.pausedDone', { changed, held, tooLate }), () =>
        paused.length === 0 ? Promise.resolve() : bulkPostsResume({ body: { postIds: paused }, throwOnError: true }),
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
    mutationFn: async () => (await bulkPostsResume({ body: { postIds: idsOf(posts) }, throwOnError: true })).data,
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

const HOUR_MINUTES = 60;

/** How many were moved, and how many it was too late for. */
const moved = (t: TFunction, changed: number, tooLate: number): string => {
  const done = t('library.bulk.shiftDone', { changed });
  return tooLate === 0 ? done : `${done} ${t('library.bulk.tooLate', { count: tooLate })}`;
};

export const ShiftForm = ({ posts, onDone }: BulkFormProps) => {
  const { t } = useTranslation();
  const settle = useUndoable(onDone);
  const [days, setDays] = useState(1);
  const [hours, setHours] = useState(0);
  const targetIds = waitingTargets(posts);
  const shiftBy = async (sign: 1 | -1, ids = targetIds) => {
    const by = { days: sign * days, minutes: sign * hours * HOUR_MINUTES };
    return (await targetBatchesShift({ body: { targetIds: ids, by }, throwOnError: true })).data;
  };
  const shift = useMutation({
    mutationFn: () => shiftBy(1),
    onSuccess: ({ changed, items, tooLate }) =>
      settle(moved(t, changed, tooLate), () =>
        // More than the answer lists can only be taken back as a whole.
        shiftBy(-1, items.length < changed ? targetIds : items.map(({ targetId }) => targetId)),
      ),
  });
  if (targetIds.length === 0) return <Text size="sm">{t('library.bulk.noWaiting')}</Text>;
  return (
    <SubmitForm label={t('library.bulk.shift')} action={shift} onSubmit={() => shift.mutate()}>
      <Text size="sm">{t('library.bulk.shiftWhat')}</Text>
      <Group grow>
        <NumberInput
          label={t('library.bulk.days')}
          value={days}
          onChange={(value) => setDays(Number(value))}
          allowDecimal={false}
          data-autofocus
        />
        <NumberInput
          label={t('library.bulk.hours')}
          value={hours}
          onChange={(value) => setHours(Number(value))}
          allowDecimal={false}
        />
      </Group>
    </SubmitForm>
  );
};

export const RequeueForm = ({ posts, onDone }: BulkFormProps) => {
  const { t } = useTranslation();
  const [everyMinutes, setEvery] = useState(HOUR_MINUTES);
  const targetIds = lostTargets(posts);
  const requeue = useMutation({
    mutationFn: async () =>
      (await targetBatchesRequeue({ body: { targetIds, everyMinutes }, throwOnError: true })).data,
    onSuccess: async ({ changed, leftAlone }) => {
      onDone();
      const left = leftAlone.length > 0 ? ` ${t('library.bulk.leftAlone', { count: leftAlone.length })}` : '';
      tellDone(`${t('library.bulk.requeueDone', { changed })}${left}`);
      await refresh();
    },
  });
  if (targetIds.length === 0) return <Text size="sm">{t('library.bulk.noLost')}</Text>;
  return (
    <SubmitForm label={t('library.bulk.requeue')} action={requeue} onSubmit={() => requeue.mutate()}>
      <Text size="sm">{t('library.bulk.requeueWhat')}</Text>
      <NumberInput
        label={t('library.bulk.every')}
        value={everyMinutes}
        onChange={(value) => setEvery(Math.max(1, Number(value)))}
        min={1}
        allowDecimal={false}
        data-autofocus
      />
    </SubmitForm>
  );
};
