import { List, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountsListOptions, bestTimesGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { TimeBucketResponse } from '../api/generated/types.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { Panel } from '../ui/panel.tsx';
import { platformTitle } from '../ui/platforms.ts';

const MOST = 100;
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** When an account's posts do better than usual, if anything can be said of it. */
export const BestTimes = () => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const accounts = useQuery(accountsListOptions({ query: { limit: MOST, status: 'active' } }));
  const items = accounts.data?.items ?? [];
  const accountId = chosen ?? items[0]?.id;
  if (accountId === undefined) return null;
  const choice = (
    <Select
      aria-label={t('incidents.account')}
      data={items.map(({ id, platform, displayName }) => ({
        value: id,
        label: `${platformTitle(platform)} · ${displayName}`,
      }))}
      value={accountId}
      onChange={setChosen}
      allowDeselect={false}
    />
  );
  return (
    <Panel title={t('analytics.bestTimes')} actions={choice}>
      <Hints accountId={accountId} />
    </Panel>
  );
};

const Hints = ({ accountId }: { readonly accountId: string }) => {
  const { t, i18n } = useTranslation();
  const query = useQuery(bestTimesGetOptions({ path: { id: accountId } }));
  const dayName = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
  const say = ({ isoDay, from, to, ratio, sampleSize }: TimeBucketResponse): string => {
    const when = isoDay === undefined ? `${from ?? ''}–${to ?? ''}` : dayName.format(MONDAY + (isoDay - 1) * DAY_MS);
    return t('analytics.better', { when, ratio: (ratio ?? 1).toFixed(1), count: sampleSize });
  };
  return (
    <Answered query={query}>
      {({ sentence, best, sampleSize, timezone }) => (
        <Stack gap="xs">
          <Text size="sm">{sentence}</Text>
          <List size="sm">
            {best.map((bucket) => (
              <List.Item key={`${bucket.isoDay} ${bucket.from}`}>{say(bucket)}</List.Item>
            ))}
          </List>
          <Text size="sm" c="dimmed">
            {t('analytics.sample', { count: sampleSize })} · {t('common.timesIn', { zone: timezone })}
          </Text>
        </Stack>
      )}
    </Answered>
  );
};
