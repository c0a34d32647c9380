import { Alert, Anchor, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { viewsBestOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { postPath } from '../ui/post-path.ts';
import type { Filter } from './filter.ts';

/** Posts by median views one day after publishing; says so when there are too few to rank. */
export const BestPosts = ({ filter }: { readonly filter: Filter }) => {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const { from, platform } = filter;
  const posts = useQuery(viewsBestOptions({ query: { from, ...(platform ? { platform } : {}) } }));
  return (
    <Panel title={t('analytics.best')} note={t('analytics.bestWhat')}>
      <Answered query={posts}>
        {({ items, sampleSize, isThin }) =>
          items.length === 0 ? (
            <EmptyState what={t('analytics.noBest')} />
          ) : (
            <>
              {isThin && <Alert color="orange">{t('analytics.thin', { count: sampleSize })}</Alert>}
              <DataTable
                label={t('analytics.best')}
                rows={items}
                keyOf={({ postId }) => postId}
                columns={[
                  {
                    name: 'post',
                    title: t('incidents.post'),
                    cell: ({ postId, caption }) => (
                      <Anchor component={Link} to={postPath(postId)} size="sm" underline="always">
                        {caption || t('now.noCaption')}
                      </Anchor>
                    ),
                  },
                  {
                    name: 'where',
                    title: t('routes.platform'),
                    cell: ({ platforms }) => (
                      <Group gap="xs">
                        {platforms.map((platform) => (
                          <PlatformBadge key={platform} platform={platform} />
                        ))}
                      </Group>
                    ),
                  },
                  {
                    name: 'day',
                    title: t('analytics.views24h'),
                    align: 'end',
                    cell: ({ views24h }) => number.format(views24h),
                  },
                  { name: 'all', title: t('analytics.views'), align: 'end', cell: ({ views }) => number.format(views) },
                  {
                    name: 'n',
                    title: t('analytics.measured'),
                    align: 'end',
                    cell: ({ measured, targets }) => `${measured} / ${targets}`,
                  },
                ]}
              />
            </>
          )
        }
      </Answered>
    </Panel>
  );
};
