import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ledgerImpactOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ImpactDto } from '../api/generated/types.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { Panel } from '../ui/panel.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { useTimes } from '../ui/times.ts';

/** What it meant for the workspace, in a few numbers. */
export const Impact = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const query = useQuery(ledgerImpactOptions({ path: { id } }));
  return (
    <Panel title={t('incidents.impact')}>
      <Answered query={query}>{(impact) => <Figures impact={impact} />}</Answered>
    </Panel>
  );
};

const Figures = ({ impact }: { readonly impact: ImpactDto }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { targetCount, targets, elsewhere, lateCount, duplicateCount, toldCount, firstBadAt, signals } = impact;
  const elsewhereText = elsewhere
    .map(({ platform, live, planned }) => t('incidents.liveOn', { platform: platformTitle(platform), live, planned }))
    .join(', ');
  return (
    <Stack>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }}>
        <Figure value={targetCount} label={t('incidents.figure.met')} />
        <Figure value={targets.rerouted ?? 0} label={t('incidents.figure.rerouted')} />
        <Figure value={elsewhere.reduce((sum, { live }) => sum + live, 0)} label={t('incidents.figure.elsewhere')} />
        <Figure value={lateCount} label={t('incidents.figure.late')} />
        <Figure value={duplicateCount} label={t('incidents.figure.duplicates')} />
        <Figure value={toldCount} label={t('incidents.figure.told')} />
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {[
          elsewhereText,
          firstBadAt && t('incidents.firstBad', { at: moment(firstBadAt) }),
          t('incidents.signals', { good: signals.good, bad: signals.bad, unknown: signals.unknown }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Stack>
  );
};

const Figure = ({ value, label }: { readonly value: number; readonly label: string }) => (
  <Stack gap={0}>
    <Text fz={28} fw={700} lh={1.1}>
      {value}
    </Text>
    <Text size="sm">{label}</Text>
  </Stack>
);
