import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  recurrencesGetOptions,
  recurrencesPutMutation,
  recurrencesRemoveMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useDeed } from '../api/use-deed.ts';
import { useSession } from '../access/session.ts';
import { seriesOf } from '../ui/recurrence/series.ts';
import { tellProblem } from '../ui/tell.ts';
import { tellUndo } from '../ui/tell-undo.tsx';

const RECURRENCE_TAGS = ['Posts', 'Recurring posts', 'Calendar'];

/** By which rule it comes again, with the way to end it. */
export const PostRecurrence = ({ postId }: { readonly postId: string }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const path = { id: postId };
  const { data } = useQuery({ ...recurrencesGetOptions({ path }), retry: false });
  const again = useDeed(recurrencesPutMutation(), { tags: RECURRENCE_TAGS, said: t('compose.recurrenceBack') });
  const end = useMutation({
    ...recurrencesRemoveMutation(),
    onSuccess: () => {
      if (data)
        tellUndo(t('compose.recurrenceEnded'), t('common.undo'), () => again.mutate({ path, body: seriesOf(data) }));
      return refreshTags(RECURRENCE_TAGS);
    },
    onError: tellProblem,
  });
  if (!data) return undefined;
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm">
        {t('compose.recurs', { rule: data.rule, start: data.start.replace('T', ' ') })} ({data.timezone})
        {data.problem && ` – ${data.problem}`}
      </Text>
      {may('posts:write') && (
        <Button size="compact-sm" variant="default" loading={end.isPending} onClick={() => end.mutate({ path })}>
          {t('compose.endRecurrence')}
        </Button>
      )}
    </Group>
  );
};
