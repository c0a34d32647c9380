import { Button, Group, MultiSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recurrencesPutMutation, recurrencesRemoveMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SetRecurrenceDto } from '../../api/generated/types.gen.ts';
import { refreshTags } from '../../api/queries.ts';
import { useDeed } from '../../api/use-deed.ts';
import { confirm } from '../../ui/confirm.ts';
import { platformTitle } from '../../ui/platforms.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { readRule, ruleText } from '../../ui/recurrence/rule.ts';
import { RuleFields } from '../../ui/recurrence/rule-fields.tsx';
import { tellDone } from '../../ui/tell.ts';
import { tellUndo } from '../../ui/tell-undo.tsx';
import { useAccounts } from '../use-accounts.ts';
import { TOUCHED } from '../use-run-change.ts';
import { NextRuns } from './next-runs.tsx';

interface SeriesFormProps {
  readonly postId: string;
  readonly series: SetRecurrenceDto;
  /** It exists on the server. */
  readonly isStored: boolean;
  readonly onClose: () => void;
}

const WALL_LENGTH = 'YYYY-MM-DDTHH:mm'.length;

const useSave = ({ postId, series: stored, onClose }: SeriesFormProps) => {
  const { t } = useTranslation();
  const path = { id: postId };
  const done = (tell: () => void) => async (): Promise<void> => {
    await refreshTags(TOUCHED);
    tell();
    onClose();
  };
  const put = useMutation({ ...recurrencesPutMutation(), onSuccess: done(() => tellDone(t('common.saved'))) });
  const again = useDeed(recurrencesPutMutation(), { tags: TOUCHED, said: t('compose.recurrenceBack') });
  const undo = (): void => again.mutate({ path, body: stored });
  const remove = useMutation({
    ...recurrencesRemoveMutation(),
    onSuccess: done(() => tellUndo(t('series.removed'), t('common.undo'), undo)),
  });
  const askRemove = async (): Promise<void> => {
    const yes = t('series.remove');
    if (await confirm({ title: yes, text: t('series.removeText'), yes })) remove.mutate({ path });
  };
  return {
    error: put.error ?? remove.error,
    isBusy: put.isPending || remove.isPending,
    save: (body: SetRecurrenceDto) => put.mutate({ path, body }),
    remove: () => void askRemove(),
  };
};

/** The rule by fields; one that says more than they can is edited as text. */
export const SeriesForm = (props: SeriesFormProps) => {
  const { series, isStored, onClose } = props;
  const { t } = useTranslation();
  const accounts = useAccounts();
  const [wish, setWish] = useState(series);
  const { error, isBusy, save, remove } = useSave(props);
  const rule = readRule(wish.rule);
  const set = (part: Partial<SetRecurrenceDto>): void => setWish({ ...wish, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save(wish);
  };
  const choose = (ids: string[]): void =>
    set({ targets: ids.map((id) => wish.targets.find(({ accountId }) => accountId === id) ?? { accountId: id }) });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <MultiSelect
          label={t('series.accounts')}
          data={[...accounts.values()].map(({ id, displayName, platform }) => ({
            value: id,
            label: `${displayName} · ${platformTitle(platform)}`,
          }))}
          value={wish.targets.map(({ accountId }) => accountId)}
          onChange={choose}
        />
        <TextInput
          type="datetime-local"
          label={t('series.start')}
          description={t('common.timesIn', { zone: wish.timezone })}
          value={wish.start.slice(0, WALL_LENGTH)}
          onChange={({ currentTarget }) => set({ start: currentTarget.value })}
        />
        {rule ? (
          <RuleFields rule={rule} start={wish.start} onChange={(next) => set({ rule: ruleText(next) })} />
        ) : (
          <TextInput
            label={t('series.text')}
            description={t('series.textWhat')}
            value={wish.rule}
            onChange={({ currentTarget }) => set({ rule: currentTarget.value })}
          />
        )}
        <Switch
          label={t('series.paused')}
          checked={wish.paused ?? false}
          onChange={({ currentTarget }) => set({ paused: currentTarget.checked })}
        />
        <NextRuns series={wish} />
        {error && <ProblemNote error={error} />}
        <Group justify="space-between">
          {isStored ? (
            <Button variant="subtle" color="red" onClick={remove} disabled={isBusy}>
              {t('series.remove')}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isBusy}>
              {t('common.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
};
