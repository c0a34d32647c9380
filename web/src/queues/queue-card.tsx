import { Anchor, Button, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../access/session.ts';
import type { QueueDto } from '../api/generated/types.gen.ts';
import { useAccounts } from '../calendar/use-accounts.ts';
import { useMoment } from '../calendar/use-moment.ts';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useNextRuns } from './use-next-runs.ts';
import { useQueueDeeds } from './use-queue-deeds.ts';

const SHOWN = 3;

const NextSlots = ({ queue }: { readonly queue: QueueDto }) => {
  const { t } = useTranslation();
  const { moment } = useMoment(queue.timezone);
  const { data } = useNextRuns(queue.id);
  const places = data?.places.slice(0, SHOWN) ?? [];
  return (
    <Stack gap={2} mih={76}>
      <Text size="sm" fw={500}>
        {t('queues.next')}
      </Text>
      <List size="sm" spacing={2}>
        {places.map(({ key, at, caption, why }) => (
          <List.Item key={key}>
            {moment(at)}: {caption ?? why}
          </List.Item>
        ))}
      </List>
      {data && places.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('queues.nothingNext')}
        </Text>
      )}
    </Stack>
  );
};

/** One queue at a glance. */
export const QueueCard = ({ queue }: { readonly queue: QueueDto }) => {
  const { t } = useTranslation();
  const mayWrite = useSession().may('posts:write');
  const accounts = useAccounts();
  const { isBusy, setPaused } = useQueueDeeds(queue);
  const { id, name, timezone, slots, accountIds, pausedAt, pauseReason } = queue;
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Title order={2} size="h4">
            <Anchor component={Link} to={`/queues/${id}`} inherit>
              {name}
            </Anchor>
          </Title>
          <StateBadge state={pausedAt ? 'paused' : 'running'} />
        </Group>
        {pauseReason && <Text size="sm">{pauseReason}</Text>}
        <Text size="sm" c="dimmed">
          {t('queues.slotsAWeek', { count: slots.length })} · {t('common.timesIn', { zone: timezone })}
        </Text>
        <Group gap="sm">
          {accountIds.map((accountId) => {
            const account = accounts.get(accountId);
            return (
              account && <PlatformBadge key={accountId} platform={account.platform} account={account.displayName} />
            );
          })}
        </Group>
        <NextSlots queue={queue} />
        {mayWrite && (
          <Group gap="xs">
            <Button component={Link} to={`/queues/${id}`} size="xs" variant="default">
              {t('queues.edit')}
            </Button>
            <Button size="xs" variant="default" loading={isBusy} onClick={() => setPaused(!pausedAt)}>
              {t(pausedAt ? 'queues.resume' : 'queues.pause')}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
};
