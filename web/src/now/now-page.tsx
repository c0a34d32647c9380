import { Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { nowReadOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Panel } from '../ui/panel.tsx';
import { useTimes } from '../ui/times.ts';
import { useNowMs } from '../ui/use-now-ms.ts';
import { DecisionCard } from './decision-card.tsx';
import { HealthGrid } from './health-grid.tsx';
import { Headline } from './headline.tsx';
import type { NowAnswer } from './now-answer.ts';
import { BroadcastPanel, OpenSlotsPanel, QuotaPanel, ReconnectPanel } from './side-panels.tsx';
import { DuePanel, TroubledPanels } from './target-panels.tsx';

/** What a creator opens at 3 a.m.: one sentence, then what needs him, then everything else. */
export const NowPage = () => {
  const { t } = useTranslation();
  const { zone } = useTimes();
  const query = useQuery(nowReadOptions());
  return (
    <PageFrame
      title={t('page.now')}
      actions={
        <Text size="sm" c="dimmed">
          {t('common.timesIn', { zone })}
        </Text>
      }
    >
      <Answered query={query}>{(now) => <Everything now={now} />}</Answered>
    </PageFrame>
  );
};

/** Nothing waits, moved, is in doubt or failed. */
const isCalm = ({ held, rerouted, unconfirmed, failedToday }: NowAnswer): boolean =>
  [held, rerouted, unconfirmed, failedToday].every(({ count }) => count === 0);

const Everything = ({ now }: { readonly now: NowAnswer }) => {
  const { t } = useTranslation();
  const nowMs = useNowMs();
  const { needsDecision, platforms } = now;
  if (platforms?.length === 0 && now.due.count === 0) return <FirstStep />;
  return (
    <Stack>
      <Headline now={now} nowMs={nowMs} />
      {needsDecision.count > 0 && (
        <Panel title={t('now.list.needsDecision')} count={needsDecision.count}>
          {needsDecision.items.map((target) => (
            <DecisionCard key={target.id} target={target} />
          ))}
        </Panel>
      )}
      <ReconnectPanel {...(now.reconnect ? { reconnect: now.reconnect } : {})} />
      {platforms && (
        <Panel title={t('now.platforms')}>
          <HealthGrid now={now} />
        </Panel>
      )}
      <SimpleGrid cols={{ base: 1, md: isCalm(now) ? 1 : 2 }} style={{ alignItems: 'start' }}>
        {!isCalm(now) && (
          <Stack>
            <TroubledPanels now={now} nowMs={nowMs} />
          </Stack>
        )}
        <Stack>
          <DuePanel now={now} nowMs={nowMs} />
          <BroadcastPanel {...(now.broadcasts ? { broadcasts: now.broadcasts } : {})} />
          <QuotaPanel {...(now.quotas ? { quotas: now.quotas } : {})} />
          <OpenSlotsPanel openSlots={now.openSlots} />
        </Stack>
      </SimpleGrid>
    </Stack>
  );
};

const FirstStep = () => {
  const { t } = useTranslation();
  return (
    <EmptyState
      what={t('now.empty')}
      next={
        <Button component={Link} to="/accounts">
          {t('now.connectFirst')}
        </Button>
      }
    />
  );
};
