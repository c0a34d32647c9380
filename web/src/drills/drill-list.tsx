import { Anchor, Button, Modal } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../access/session.ts';
import { BY_CURSOR } from '../api/by-cursor.ts';
import { drillsListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useTimes } from '../ui/times.ts';
import { pollWhileRunning } from './drill-progress.ts';
import { DrillForm } from './drill-form.tsx';

/** Every drill, the newest first, and a way to start one. */
export const DrillList = () => {
  const { t } = useTranslation();
  const { may } = useSession();
  const { moment } = useTimes();
  const [isStarting, setIsStarting] = useState(false);
  const query = useInfiniteQuery({
    ...drillsListInfiniteOptions(),
    ...BY_CURSOR,
    refetchInterval: ({ state }) => pollWhileRunning(state.data?.pages.flatMap(({ items }) => items) ?? []),
  });
  const start = may('health:write') && <Button onClick={() => setIsStarting(true)}>{t('drills.start')}</Button>;
  return (
    <PageFrame title={t('page.drills')} actions={start}>
      <Listed query={query} empty={<EmptyState what={t('drills.empty')} next={start} />}>
        {(items) => (
          <DataTable
            label={t('page.drills')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'platform',
                title: t('routes.platform'),
                cell: ({ id, platform }) => (
                  <Anchor component={Link} to={`/drills/${id}`} underline="always">
                    <PlatformBadge platform={platform} />
                  </Anchor>
                ),
              },
              { name: 'kind', title: t('drills.kindTitle'), cell: ({ kind }) => t(`drills.kind.${kind}`) },
              { name: 'at', title: t('incidents.at'), cell: ({ startsAt }) => moment(startsAt) },
              { name: 'status', title: t('common.status'), cell: ({ status }) => <StateBadge state={status} /> },
              {
                name: 'result',
                title: t('drills.result'),
                cell: ({ report }) => (report ? <StateBadge state={report.result} /> : '–'),
              },
              {
                name: 'score',
                title: t('drills.score'),
                align: 'end',
                cell: ({ report }) => report?.score?.points ?? '–',
              },
            ]}
          />
        )}
      </Listed>
      <Modal opened={isStarting} onClose={() => setIsStarting(false)} title={t('drills.start')}>
        <DrillForm />
      </Modal>
    </PageFrame>
  );
};
