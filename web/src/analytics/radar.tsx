import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import { radarAllOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { RadarViewDto } from '../api/generated/types.gen.ts';
import { Panel } from '../ui/panel.tsx';
import { useTimes } from '../ui/times.ts';

/** App store ranks and what people say, where an operator asked to watch them; not there otherwise. */
export const Radar = () => {
  const { t } = useTranslation();
  const { may } = useSession();
  const query = useQuery({ ...radarAllOptions(), enabled: may('health:read') });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t('analytics.radar')} note={t('analytics.radarWhat')}>
      {items.map((watch) => (
        <Watch key={watch.id} watch={watch} />
      ))}
    </Panel>
  );
};

const Watch = ({ watch: { id, title, series, usual, alert, error, kind } }: { readonly watch: RadarViewDto }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const last = series.at(-1);
  return (
    <Stack gap={2}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <img
        src={`/v1/radar/watches/${id}/chart`}
        alt={t('analytics.radarChart', { title })}
        width="100%"
        loading="lazy"
      />
      <Text size="sm" c="dimmed">
        {last && `${t(`analytics.radarKind.${kind}`)}: ${last.value ?? '–'} · ${moment(last.at)}`}
        {usual && ` · ${t('analytics.usual', { value: usual.median })}`}
      </Text>
      {alert && <Text size="sm">{alert.summary}</Text>}
      {error && <Text size="sm">{error}</Text>}
    </Stack>
  );
};
