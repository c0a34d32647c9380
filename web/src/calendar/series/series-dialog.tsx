import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../access/session.ts';
import { recurrencesGetOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SetRecurrenceDto } from '../../api/generated/types.gen.ts';
import { toProblem } from '../../api/problem.ts';
import { Answered } from '../../ui/answered.tsx';
import { seriesOf } from '../../ui/recurrence/series.ts';
import { nextMinute, wallTime } from '../../ui/wall-time.ts';
import { SeriesForm } from './series-form.tsx';
import { useFocusBack } from '../../ui/use-focus-back.ts';

interface SeriesDialogProps {
  readonly postId: string;
  readonly onClose: () => void;
}

const DAY_MS = 86_400_000;

/** How a post recurs: its rule, its accounts, and the next runs before anything is stored. */
export const SeriesDialog = ({ postId, onClose }: SeriesDialogProps) => {
  useFocusBack();
  const { t } = useTranslation();
  const { timezone } = useSession();
  const stored = useQuery({ ...recurrencesGetOptions({ path: { id: postId } }), retry: false });
  const isNew = stored.isError && toProblem(stored.error).status === 404;
  const [blank] = useState<SetRecurrenceDto>(() => {
    const start = wallTime(nextMinute(Date.now() + DAY_MS), timezone);
    return { rule: 'FREQ=WEEKLY', start, timezone, targets: [] };
  });
  const form = (series: SetRecurrenceDto, isStored: boolean) => (
    <SeriesForm postId={postId} series={series} isStored={isStored} onClose={onClose} />
  );
  return (
    <Modal opened onClose={onClose} size="lg" title={t(isNew ? 'series.make' : 'series.edit')}>
      {isNew ? form(blank, false) : <Answered query={stored}>{(found) => form(seriesOf(found), true)}</Answered>}
    </Modal>
  );
};
