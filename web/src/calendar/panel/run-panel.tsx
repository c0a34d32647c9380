import { Anchor, Drawer, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CalendarGroup } from '../groups.ts';
import { useQueues } from '../use-accounts.ts';
import { useMoment } from '../use-moment.ts';
import { EmptyActions } from './empty-actions.tsx';
import { ForecastAccounts } from './forecast-accounts.tsx';
import { RunActions } from './run-actions.tsx';
import { RunTargets } from './run-targets.tsx';

export interface RunPanelProps {
  readonly zone: string;
  readonly onClose: () => void;
  /** Answers whether it moved. */
  readonly onMove: (group: CalendarGroup, to: string) => Promise<boolean>;
}

const Content = ({ group, ...props }: RunPanelProps & { readonly group: CalendarGroup }) => {
  const { t } = useTranslation();
  const { moment } = useMoment(props.zone);
  const [entry] = group.entries;
  const queue = useQueues().get(entry.queueId ?? '');
  return (
    <Stack>
      <div>
        <Text fw={600}>{moment(group.at)}</Text>
        <Text size="sm" c="dimmed">
          {t('common.timesIn', { zone: props.zone })}
        </Text>
      </div>
      <Text size="sm">{entry.why}</Text>
      {queue && (
        <Anchor component={Link} to={`/queues/${queue.id}`} size="sm">
          {t('calendar.ofQueue', { name: queue.name })}
        </Anchor>
      )}
      {group.kind === 'target' && <RunTargets group={group} />}
      {group.kind === 'forecast' && <ForecastAccounts accountIds={entry.accountIds ?? []} />}
      {group.kind === 'empty' ? <EmptyActions /> : <RunActions group={group} {...props} />}
    </Stack>
  );
};

/** Everything about one line of the calendar, and what can be done with it. */
export const RunPanel = ({ group, ...props }: RunPanelProps & { readonly group: CalendarGroup | undefined }) => {
  const { t } = useTranslation();
  const title = group && (group.kind === 'empty' ? t('calendar.empty') : group.caption || t('calendar.untitled'));
  return (
    <Drawer
      opened={group !== undefined}
      onClose={props.onClose}
      position="right"
      size="md"
      title={title}
      styles={{ title: { fontWeight: 600, overflowWrap: 'anywhere' } }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {group && <Content key={group.key} group={group} {...props} />}
    </Drawer>
  );
};
