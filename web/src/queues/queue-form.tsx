import { Button, Group, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import { tagsListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { CreateQueueDto } from '../api/generated/types.gen.ts';
import { toProblem } from '../api/problem.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { DayRanges } from './day-ranges.tsx';
import { HowOften, Where } from './queue-fields.tsx';
import { QueuePreview } from './queue-preview.tsx';
import { SlotGrid } from './slot-grid.tsx';

/** A queue as the form has it. */
export type QueueWish = Required<Omit<CreateQueueDto, 'seed'>>;

interface QueueFormProps {
  readonly queue: QueueWish;
  /** Absent: it does not exist yet. */
  readonly id?: string;
  readonly error: unknown;
  readonly isSaving: boolean;
  readonly onSave: (wish: QueueWish) => void;
}

/** Everything about a queue, and beside it what it would do; nothing is stored before it is saved. */
export const QueueForm = ({ queue, id, error, isSaving, onSave }: QueueFormProps) => {
  const { t } = useTranslation();
  const mayWrite = useSession().may('posts:write');
  const { data: tags } = useQuery(tagsListOptions({ query: { limit: 100 } }));
  const [wish, setWish] = useState(queue);
  const problem = error ? toProblem(error) : undefined;
  const part = { wish, problem, set: (change: Partial<QueueWish>) => setWish((old) => ({ ...old, ...change })) };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave(wish);
  };
  return (
    <form onSubmit={submit}>
      <fieldset className="queue-fields" disabled={!mayWrite}>
        <Stack>
          <Where {...part} />
          <Paper withBorder p="sm">
            <Title order={2} size="h5" mb="xs">
              {t('queues.timetable')}
            </Title>
            <SlotGrid
              slots={wish.slots}
              tags={tags?.items.map(({ tag }) => tag) ?? []}
              onChange={(change) => setWish((old) => ({ ...old, slots: change(old.slots) }))}
            />
          </Paper>
          <HowOften {...part} />
          <DayRanges kind="blackouts" ranges={wish.blackouts} onChange={(blackouts) => part.set({ blackouts })} />
          <DayRanges kind="seasons" ranges={wish.seasons} onChange={(seasons) => part.set({ seasons })} />
          {problem && <ProblemNote error={problem} />}
          {mayWrite && (
            <Group justify="flex-end">
              <Button type="submit" loading={isSaving}>
                {t('common.save')}
              </Button>
            </Group>
          )}
          {id && <QueuePreview id={id} queue={queue} wish={wish} />}
        </Stack>
      </fieldset>
    </form>
  );
};
