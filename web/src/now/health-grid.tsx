import { Anchor, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { useRegions } from '../ui/regions.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { useTimes } from '../ui/times.ts';
import { CapabilityMark } from './capability-mark.tsx';
import { byTrouble } from './first-line.ts';
import type { NowAnswer, NowRegion } from './now-answer.ts';

interface Place extends NowRegion {
  readonly platform: string;
  /** The open incident there. */
  readonly incidentId: string | undefined;
}

const placesOf = ({ platforms = [], incidents = [] }: NowAnswer): Place[] =>
  byTrouble(
    platforms.flatMap(({ platform, regions }) =>
      regions.map((region) => ({
        ...region,
        platform,
        incidentId: incidents.find((open) => open.platform === platform && open.region === region.region)?.id,
      })),
    ),
  );

/** Every platform and region the workspace publishes to, the worst first. */
export const HealthGrid = ({ now }: { readonly now: NowAnswer }) => (
  <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="sm">
    {placesOf(now).map((place) => (
      <PlaceCard key={`${place.platform} ${place.region}`} place={place} />
    ))}
  </SimpleGrid>
);

const PlaceCard = ({ place }: { readonly place: Place }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { title } = useRegions();
  const isWell = place.state === 'healthy' && !place.overridden;
  return (
    <Paper withBorder p="sm" data-platform={place.platform} data-state={place.state}>
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <PlatformBadge platform={place.platform} />
          <StateBadge state={place.state} />
        </Group>
        <Text size="xs" c="dimmed">
          {title(place.region)}
          {place.since !== undefined && !isWell && ` · ${t('now.since', { at: moment(place.since) })}`}
          {place.overridden && ` · ${t('now.pinned')}`}
        </Text>
        {!isWell && <Text size="sm">{place.reason}</Text>}
        {place.state === 'recovering' && (
          <Text size="sm">{t('now.ramp', { percent: Math.round(place.rampShare * 100) })}</Text>
        )}
        <Group gap={4} role="list" className="capability-list" aria-label={t('now.capabilities')}>
          {place.capabilities.map((capability) => (
            <CapabilityMark key={capability.capability} {...capability} />
          ))}
        </Group>
        {place.incidentId && (
          <Anchor component={Link} to={`/incidents/${place.incidentId}`} size="sm" underline="always">
            {t('now.toIncident')}
          </Anchor>
        )}
      </Stack>
    </Paper>
  );
};
