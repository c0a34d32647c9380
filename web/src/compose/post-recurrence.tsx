import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  recurrencesGetOptions,
  recurrencesPutMutation,
  recurrencesRemoveMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import { toProblem } from '../api/problem.ts';
import { refreshTags } from '../api/queries.ts';
import { useDeed } from '../api/use-deed.ts';
import { useSession } from '../access/session.ts';
import { readRule } from '../ui/recurrence/rule.ts';
import { ruleInWords } from '../ui/recurrence/rule-words.ts';
import { seriesOf } from '../ui/recurrence/series.ts';
import { tellProblem } from '../ui/tell.ts';
import { tellUndo } from '../ui/tell-undo.tsx';

const RECURRENCE_TAGS = ['Posts', 'Recurring posts', 'Calendar'];

/** A refetch that finds none leaves what was known in the cache. */
const isGone = (error: unknown): boolean => error != null && toProblem(error).status === 404;

/** By which rule an evergreen post comes again, with the way to end it; nothing where it follows queues alone. */
export const PostRecurrence = ({ postId }: { readonly postId: string }) => {
  const { t, i18n } = useTranslation();
  const { may } = useSession();
  const path = { id: postId };
  const { data, error } = useQuery({ ...recurrencesGetOptions({ path }), retry: false });
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
  if (!data || isGone(error)) return undefined;
  const rule = readRule(data.rule);
  const said = rule ? ruleInWords(rule, data.start, { t, language: i18n.language }) : data.rule;
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm">
        {t('compose.recurs', { rule: said, start: data.start.replace('T', ' ') })} ({data.timezone})
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
