import { Anchor, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DataTable } from '../../ui/data-table.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTimes } from '../../ui/times.ts';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import { deliveryReportsOfSubscriberInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';

/** What bounced, and what was complained of. */
export const Deliveries = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const reports = useInfiniteQuery({ ...deliveryReportsOfSubscriberInfiniteOptions({ path: { id } }), ...BY_CURSOR });
  return (
    <Panel title={t('audience.reports.title')}>
      <Listed query={reports} empty={<Text c="dimmed">{t('audience.reports.none')}</Text>}>
        {(items) => (
          <DataTable
            label={t('audience.reports.title')}
            rows={items}
            keyOf={({ id: report }) => report}
            columns={[
              { name: 'at', title: t('audience.recipients.at'), cell: ({ at }) => moment(at) },
              {
                name: 'kind',
                title: t('audience.reports.kind'),
                cell: ({ kind, class: of }) => [t(`audience.reports.kindIs.${kind}`), of].filter(Boolean).join(': '),
              },
              { name: 'words', title: t('audience.recipients.reply'), cell: ({ evidence }) => evidence },
              {
                name: 'broadcast',
                title: t('audience.reports.broadcast'),
                cell: ({ broadcastId }) => (
                  <Anchor component={Link} to={`/audience/broadcasts/${broadcastId}`} size="sm">
                    {t('audience.reports.open')}
                  </Anchor>
                ),
              },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};
