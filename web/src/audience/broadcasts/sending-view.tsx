import { Button, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  broadcastPlanningUnscheduleMutation,
  broadcastSendingCancelMutation,
  broadcastSendingPauseMutation,
  broadcastSendingResumeMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { BroadcastResponse } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useTimes } from '../../ui/times.ts';
import { DeliveryTally } from './delivery-tally.tsx';
import { type Fate, FATES, progressOf, sharesOf } from './progress-of.ts';
import { Recipients } from './recipients.tsx';

const COLORS: Readonly<Record<Fate, string>> = {
  accepted: 'teal',
  deferred: 'blue',
  failed: 'red',
  unknown: 'orange',
  suppressed: 'gray',
};

/** What left, and what became of it. */
export const SendingView = ({ broadcast }: { readonly broadcast: BroadcastResponse }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { status, scheduledAt, frozenAt } = broadcast;
  return (
    <>
      <Panel
        title={broadcast.subject}
        actions={
          <>
            <StateBadge state={status} />
            <Deeds broadcast={broadcast} />
          </>
        }
      >
        {status === 'scheduled' && scheduledAt && (
          <Text>{t('audience.broadcast.leaves', { at: moment(scheduledAt) })}</Text>
        )}
        {frozenAt && <Counts broadcast={broadcast} />}
        <Text component="pre" className="mail-preview__text" tabIndex={0}>
          {broadcast.bodyText}
        </Text>
      </Panel>
      {frozenAt && (
        <>
          <DeliveryTally broadcastId={broadcast.id} />
          <Recipients broadcastId={broadcast.id} />
        </>
      )}
    </>
  );
};

const Counts = ({ broadcast }: { readonly broadcast: BroadcastResponse }) => {
  const { t } = useTranslation();
  const progress = progressOf(broadcast.counts, broadcast.recipients);
  return (
    <Stack gap="xs">
      <Progress.Root size="xl">
        {sharesOf(progress).map(([fate, share]) => (
          <Progress.Section key={fate} value={share} color={COLORS[fate]} aria-label={t(`audience.fate.${fate}`)} />
        ))}
      </Progress.Root>
      <Text size="sm" aria-live="polite">
        {t('audience.broadcast.settled', { done: progress.settled, total: progress.total })}
      </Text>
      <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }}>
        {FATES.map((fate) => (
          <Figure key={fate} label={t(`audience.fate.${fate}`)} count={progress[fate]} />
        ))}
        <Figure label={t('audience.fate.waiting')} count={progress.waiting} />
      </SimpleGrid>
    </Stack>
  );
};

const Figure = ({ label, count }: { readonly label: string; readonly count: number }) => {
  const { i18n } = useTranslation();
  return (
    <div>
      <Text size="xl" fw={700}>
        {count.toLocaleString(i18n.language)}
      </Text>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
    </div>
  );
};

const Deeds = ({ broadcast }: { readonly broadcast: BroadcastResponse }) => {
  const { t } = useTranslation();
  const path = { id: broadcast.id };
  const after = { tags: ['Audience', 'Now'] };
  const pause = useDeed(broadcastSendingPauseMutation(), after);
  const resume = useDeed(broadcastSendingResumeMutation(), after);
  const unschedule = useDeed(broadcastPlanningUnscheduleMutation(), after);
  const cancel = useDeed(broadcastSendingCancelMutation(), after);
  const { status } = broadcast;
  const left = progressOf(broadcast.counts, broadcast.recipients);
  if (status === 'sent' || status === 'cancelled') return null;
  return (
    <Group gap="xs">
      {status === 'sending' && (
        <Button size="xs" loading={pause.isPending} onClick={() => pause.mutate({ path })}>
          {t('audience.broadcast.pause')}
        </Button>
      )}
      {status === 'paused' && (
        <AskButton
          variant="filled"
          label={t('audience.broadcast.resume')}
          title={t('audience.broadcast.resume')}
          text={t('audience.broadcast.resumeText', { count: left.waiting + left.deferred })}
          yes={t('audience.broadcast.resume')}
          onYes={() => resume.mutate({ path })}
        />
      )}
      {status === 'scheduled' && (
        <Button size="xs" variant="default" onClick={() => unschedule.mutate({ path })}>
          {t('audience.broadcast.unschedule')}
        </Button>
      )}
      <AskButton
        label={t('audience.broadcast.cancel')}
        title={t('audience.broadcast.cancelTitle')}
        text={t('audience.broadcast.cancelText')}
        yes={t('audience.broadcast.cancel')}
        onYes={() => cancel.mutate({ path })}
      />
    </Group>
  );
};
