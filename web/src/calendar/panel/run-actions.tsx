import { Button, Group, Stack } from '@mantine/core';
import {
  IconArrowRight,
  IconBolt,
  IconCalendarOff,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRepeat,
  IconTextCaption,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../access/session.ts';
import { postsGetOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { CalendarGroup } from '../groups.ts';
import { canMove, waitingTargets } from '../groups.ts';
import { MoveDialog } from '../move-dialog.tsx';
import { isRecurring } from '../run-deeds.ts';
import { SeriesDialog } from '../series/series-dialog.tsx';
import type { RunPanelProps } from './run-panel.tsx';
import { useRunDeeds } from './use-run-deeds.ts';
import { WordsDialog } from './words-dialog.tsx';

interface ActionProps {
  readonly icon: ComponentType<{ size?: number }>;
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled: boolean;
  readonly color?: string;
}

const Action = ({ icon: Icon, label, ...button }: ActionProps) => (
  <Button variant="default" size="xs" leftSection={<Icon size={16} aria-hidden />} {...button}>
    {label}
  </Button>
);

type Dialog = 'move' | 'words' | 'series';

/** What can be done with a run, as far as the person may. */
export const RunActions = ({ group, zone, onClose, onMove }: RunPanelProps & { readonly group: CalendarGroup }) => {
  const { t } = useTranslation();
  const mayWrite = useSession().may('posts:write');
  const [entry] = group.entries;
  const { data: post } = useQuery(postsGetOptions({ path: { id: entry.postId ?? '' } }));
  const [dialog, setDialog] = useState<Dialog>();
  const { isBusy, ...deeds } = useRunDeeds(group, { onClose, onMove });
  const recurs = isRecurring(group);
  const waits = waitingTargets(group).length > 0;
  const isPlanned = group.kind === 'target';
  const edit = (
    <Button
      component={Link}
      to={`/compose/${entry.postId}`}
      size="xs"
      leftSection={<IconPencil size={16} aria-hidden />}
    >
      {t(mayWrite ? 'calendar.edit' : 'calendar.look')}
    </Button>
  );
  if (!mayWrite) return <Group>{edit}</Group>;
  const disabled = isBusy;
  return (
    <Stack>
      <Group gap="xs">
        {edit}
        {canMove(group) && (
          <Action
            icon={IconArrowRight}
            label={t('calendar.moveTo')}
            onClick={() => setDialog('move')}
            disabled={disabled}
          />
        )}
        {waits && (
          <Action icon={IconBolt} label={t('calendar.publishNow')} onClick={deeds.publishNow} disabled={disabled} />
        )}
        {post?.kind === 'evergreen' && (
          <Action icon={IconPlayerPlay} label={t('calendar.onceMore')} onClick={deeds.onceMore} disabled={disabled} />
        )}
        {isPlanned && waits && (recurs || entry.source === 'queue') && (
          <Action
            icon={entry.locked ? IconLockOpen : IconLock}
            label={t(entry.locked ? 'calendar.unlock' : 'calendar.lock')}
            onClick={() => deeds.lock(!entry.locked)}
            disabled={disabled}
          />
        )}
        {recurs && (!isPlanned || waits) && (
          <>
            <Action
              icon={IconTextCaption}
              label={t('calendar.ownWords')}
              onClick={() => setDialog('words')}
              disabled={disabled}
            />
            <Action icon={IconCalendarOff} label={t('calendar.skip')} onClick={deeds.skip} disabled={disabled} />
          </>
        )}
        {!recurs && waits && (
          <Action
            icon={IconCalendarOff}
            label={t('calendar.cancelRun')}
            onClick={deeds.cancel}
            disabled={disabled}
            color="red"
          />
        )}
        {post && (
          <Action
            icon={post.pausedAt ? IconPlayerPlay : IconPlayerPause}
            label={t(post.pausedAt ? 'calendar.resumePost' : 'calendar.pausePost')}
            onClick={() => deeds.pause(!post.pausedAt)}
            disabled={disabled}
          />
        )}
        {(recurs || post?.kind === 'evergreen') && (
          <Action
            icon={IconRepeat}
            label={t(recurs ? 'series.edit' : 'series.make')}
            onClick={() => setDialog('series')}
            disabled={disabled}
          />
        )}
      </Group>
      {dialog === 'move' && (
        <MoveDialog group={group} zone={zone} onClose={() => setDialog(undefined)} onMove={(to) => onMove(group, to)} />
      )}
      {dialog === 'words' && <WordsDialog group={group} onClose={() => setDialog(undefined)} />}
      {dialog === 'series' && <SeriesDialog postId={entry.postId ?? ''} onClose={() => setDialog(undefined)} />}
    </Stack>
  );
};
