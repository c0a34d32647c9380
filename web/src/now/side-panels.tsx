import { Anchor, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useBroadcastName } from '../audience/broadcasts/broadcast-name.ts';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { useTimes } from '../ui/times.ts';
import type { NowAnswer, NowQuota } from './now-answer.ts';

/** Accounts that publish nothing until a person connects them again. */
export const ReconnectPanel = ({ reconnect = [] }: Pick<NowAnswer, 'reconnect'>) => {
  const { t } = useTranslation();
  if (reconnect.length === 0) return null;
  return (
    <Panel title={t('now.list.reconnect')} count={reconnect.length}>
      {reconnect.map(({ accountId, accountName, platform, reason }) => (
        <Stack key={accountId} gap={2}>
          <Group justify="space-between" wrap="nowrap">
            <PlatformBadge platform={platform} account={accountName} />
            <Anchor component={Link} to={`/accounts?account=${accountId}`} size="sm" underline="always">
              {t('now.reconnect')}
            </Anchor>
          </Group>
          {reason && (
            <Text size="sm" c="dimmed">
              {reason}
            </Text>
          )}
        </Stack>
      ))}
    </Panel>
  );
};

/** Quotas of which little is left. */
export const QuotaPanel = ({ quotas = [] }: Pick<NowAnswer, 'quotas'>) => {
  const { t } = useTranslation();
  if (quotas.length === 0) return null;
  return (
    <Panel title={t('now.list.quotas')}>
      {quotas.map((quota) => (
        <QuotaLine key={`${quota.accountId ?? ''} ${quota.platform} ${quota.kind} ${quota.resetsAt}`} quota={quota} />
      ))}
    </Panel>
  );
};

const QuotaLine = ({ quota }: { readonly quota: NowQuota }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { limit, left = 0, used = limit - left, resetsAt, platform, accountName } = quota;
  const label = t('now.quota', { used, limit, at: moment(resetsAt) });
  return (
    <Stack gap={4}>
      <PlatformBadge platform={platform} account={accountName ?? `${platformTitle(platform)} (${t('now.ourApp')})`} />
      <Progress.Root size="sm">
        <Progress.Section value={Math.min(100, (used / limit) * 100)} color="orange" aria-label={label} />
      </Progress.Root>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
    </Stack>
  );
};

/** Mail that goes out at this moment. */
export const BroadcastPanel = ({ broadcasts = [] }: Pick<NowAnswer, 'broadcasts'>) => {
  const { t } = useTranslation();
  const nameOf = useBroadcastName();
  if (broadcasts.length === 0) return null;
  return (
    <Panel title={t('now.list.broadcasts')}>
      {broadcasts.map((broadcast) => {
        const { id, recipients, done, failed } = broadcast;
        const label = t('now.broadcast', { done, recipients, failed });
        return (
          <Stack key={id} gap={4}>
            <Anchor component={Link} to={`/audience/broadcasts/${id}`} size="sm" underline="always">
              {nameOf(broadcast)}
            </Anchor>
            <Progress.Root size="sm">
              <Progress.Section value={recipients === 0 ? 0 : (done / recipients) * 100} aria-label={label} />
            </Progress.Root>
            <Text size="sm" c="dimmed">
              {label}
            </Text>
          </Stack>
        );
      })}
    </Panel>
  );
};

/** Times of running queues for which there is no post. */
export const OpenSlotsPanel = ({ openSlots }: Pick<NowAnswer, 'openSlots'>) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  if (openSlots.length === 0) return null;
  return (
    <Panel title={t('now.list.openSlots')} count={openSlots.length} note={t('now.openSlotsWhat')}>
      {openSlots.map(({ slotId, at, queueName }) => (
        <Group key={`${slotId} ${at}`} justify="space-between" wrap="nowrap">
          <Text size="sm" truncate>
            {queueName}
          </Text>
          <Text size="sm" c="dimmed">
            {moment(at)}
          </Text>
        </Group>
      ))}
      <Anchor component={Link} to="/library" size="sm" underline="always">
        {t('now.fillSlots')}
      </Anchor>
    </Panel>
  );
};
