import { useQuery } from '@tanstack/react-query';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { deliveryReportsTallyOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { Answered } from '../../ui/answered.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Panel } from '../../ui/panel.tsx';

/** Bounces and complaints by receiving domain. */
export const DeliveryTally = ({ broadcastId }: { readonly broadcastId: string }) => {
  const { t } = useTranslation();
  const tally = useQuery(deliveryReportsTallyOptions({ path: { id: broadcastId } }));
  return (
    <Panel title={t('audience.tally.title')} note={t('audience.tally.what')}>
      <Answered query={tally}>
        {({ domains }) =>
          domains.length === 0 ? (
            <Text c="dimmed">{t('audience.tally.none')}</Text>
          ) : (
            <DataTable
              label={t('audience.tally.title')}
              rows={domains}
              keyOf={({ domain }) => domain}
              columns={[
                { name: 'domain', title: t('audience.tally.domain'), cell: ({ domain }) => domain },
                { name: 'hard', title: t('audience.tally.hard'), align: 'end', cell: ({ hard }) => hard },
                {
                  name: 'complaints',
                  title: t('audience.tally.complaints'),
                  align: 'end',
                  cell: ({ complaints }) => complaints,
                },
                { name: 'refused', title: t('audience.tally.refused'), align: 'end', cell: ({ refused }) => refused },
              ]}
            />
          )
        }
      </Answered>
    </Panel>
  );
};
