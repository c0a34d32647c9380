import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountsListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { DrillReportDto } from '../api/generated/types.gen.ts';
import { withAccountNames } from '../ui/named-accounts.ts';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';

const MOST_ACCOUNTS = 100;

/** What stands in the way, which tokens end soon, whom mail reaches, and what was played through. */
export const WeakPoints = ({
  report: { obstacles, tokens, broadcast, played },
}: {
  readonly report: DrillReportDto;
}) => {
  const { t } = useTranslation();
  const accounts = useQuery(accountsListOptions({ query: { limit: MOST_ACCOUNTS } }));
  const named = accounts.data?.items ?? [];
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
      {obstacles.length > 0 && (
        <Panel title={t('drills.obstacles')}>
          {obstacles.map(({ code, count, example }) => (
            <Text key={code} size="sm">
              <b>{t('drills.posts', { count })}</b>: {withAccountNames(example, named)}
            </Text>
          ))}
        </Panel>
      )}
      {tokens.length > 0 && (
        <Panel title={t('drills.tokens')}>
          {tokens.map(({ accountId, platform, displayName, next }) => (
            <Stack key={accountId} gap={0}>
              <PlatformBadge platform={platform} account={displayName} />
              <Text size="sm">{next}</Text>
            </Stack>
          ))}
        </Panel>
      )}
      <Panel title={t('drills.broadcast')}>
        <Text size="sm">
          {t('drills.recipients', { count: broadcast.recipients })} {broadcast.next}
        </Text>
      </Panel>
      {played && (
        <Panel title={t('drills.played')}>
          <Text size="sm">
            {t('drills.playedWhat', {
              copied: played.copied,
              found: played.found,
              caughtUp: played.caughtUp,
              duplicates: played.duplicates,
            })}
          </Text>
          {played.detectedAfterSeconds !== undefined && (
            <Text size="sm">{t('drills.detected', { count: Math.round(played.detectedAfterSeconds) })}</Text>
          )}
          {played.readmittedAfterSeconds !== undefined && (
            <Text size="sm">{t('drills.readmitted', { count: Math.round(played.readmittedAfterSeconds) })}</Text>
          )}
        </Panel>
      )}
    </SimpleGrid>
  );
};
