import { Anchor, Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { incidentsGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { IncidentDetailDto } from '../api/generated/types.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Panel } from '../ui/panel.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { useRegions } from '../ui/regions.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { useTimes } from '../ui/times.ts';
import { useNowMs } from '../ui/use-now-ms.ts';
import { AffectedPosts } from './affected-posts.tsx';
import { Downloads } from './downloads.tsx';
import { Impact } from './impact.tsx';
import { Ledger } from './ledger.tsx';
import { Notes } from './notes.tsx';
import { PublicUpdates } from './public-updates.tsx';
import { TimelineChart } from './timeline-chart.tsx';
import { TransitionsTable } from './transitions-table.tsx';

/** One span of trouble: what was seen, what was done, what it cost. */
export const IncidentDetail = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { title } = useRegions();
  const query = useQuery(incidentsGetOptions({ path: { id } }));
  const name = query.data ? `${platformTitle(query.data.platform)} · ${title(query.data.region)}` : t('incidents.one');
  return (
    <PageFrame title={name} actions={<Downloads id={id} />}>
      <Anchor component={Link} to="/incidents" size="sm" underline="always">
        {t('incidents.toAll')}
      </Anchor>
      <Answered query={query}>{(incident) => <Everything incident={incident} />}</Answered>
    </PageFrame>
  );
};

const TABS = ['overview', 'ledger', 'posts', 'public'] as const;

const Everything = ({ incident }: { readonly incident: IncidentDetailDto }) => {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'overview';
  return (
    <Stack>
      <Summary incident={incident} />
      <Tabs value={tab} onChange={(next) => setParams(next === null ? {} : { tab: next })} keepMounted={false}>
        <Tabs.List mb="md">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`incidents.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview incident={incident} />
        </Tabs.Panel>
        <Tabs.Panel value="ledger">
          <Ledger id={incident.id} />
        </Tabs.Panel>
        <Tabs.Panel value="posts">
          <AffectedPosts id={incident.id} />
        </Tabs.Panel>
        <Tabs.Panel value="public">
          <PublicUpdates id={incident.id} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
};

const Summary = ({ incident }: { readonly incident: IncidentDetailDto }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { status, severity, openedAt, closedAt, reason, reopenedCount } = incident;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <StateBadge state={status} />
        <StateBadge state={severity} />
        <Text size="sm">
          {closedAt
            ? t('incidents.fromTo', { from: moment(openedAt), to: moment(closedAt) })
            : t('now.since', { at: moment(openedAt) })}
          {reopenedCount > 0 && ` · ${t('incidents.cameBack', { count: reopenedCount })}`}
        </Text>
      </Group>
      <Text size="sm">{reason}</Text>
    </Stack>
  );
};

const Overview = ({ incident }: { readonly incident: IncidentDetailDto }) => {
  const { t } = useTranslation();
  const nowMs = useNowMs();
  return (
    <Stack>
      <Impact id={incident.id} />
      <Panel title={t('incidents.timeline')}>
        <TimelineChart incident={incident} nowMs={nowMs} />
        <TransitionsTable transitions={incident.transitions} />
      </Panel>
      <Notes id={incident.id} />
    </Stack>
  );
};
