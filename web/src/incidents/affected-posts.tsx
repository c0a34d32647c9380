import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answered } from '../ui/answered.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { postPath } from '../ui/post-path.ts';
import { type State, StateBadge } from '../ui/state-badge.tsx';
import { type AffectedTarget, evidenceOptions, type Reach } from './evidence.ts';

/** Which posts met it, where they are now, and what it cost in views. */
export const AffectedPosts = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const query = useQuery(evidenceOptions(id));
  return (
    <Answered query={query}>
      {({ targets, reach }) => (
        <Stack>
          {reach.length > 0 && (
            <Panel title={t('incidents.reach')} note={t('incidents.reachWhat')}>
              <ReachTable reach={reach} />
            </Panel>
          )}
          <Panel title={t('incidents.tab.posts')} count={targets.length}>
            {targets.length === 0 ? <EmptyState what={t('incidents.noPosts')} /> : <PostsTable targets={targets} />}
          </Panel>
        </Stack>
      )}
    </Answered>
  );
};

const ReachTable = ({ reach }: { readonly reach: readonly Reach[] }) => {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <DataTable
      label={t('incidents.reach')}
      rows={reach}
      keyOf={({ accountId, ageSeconds }) => `${accountId} ${ageSeconds}`}
      columns={[
        {
          name: 'account',
          title: t('incidents.account'),
          cell: ({ platform, account }) => <PlatformBadge platform={platform} account={account} />,
        },
        {
          name: 'age',
          title: t('incidents.age'),
          cell: ({ ageSeconds }) => t('routes.hours', { count: Math.round(ageSeconds / 3_600) }),
        },
        { name: 'planned', title: t('incidents.planned'), align: 'end', cell: ({ planned }) => planned },
        {
          name: 'expected',
          title: t('incidents.expected'),
          align: 'end',
          cell: ({ expectedTotal }) =>
            expectedTotal === undefined ? t('incidents.noHistory') : number.format(expectedTotal),
        },
        { name: 'here', title: t('incidents.viewsHere'), align: 'end', cell: ({ here }) => number.format(here.views) },
        {
          name: 'elsewhere',
          title: t('incidents.viewsElsewhere'),
          align: 'end',
          cell: ({ elsewhere }) => number.format(elsewhere.views),
        },
      ]}
    />
  );
};

const PostsTable = ({ targets }: { readonly targets: readonly AffectedTarget[] }) => {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const views = (target: AffectedTarget, when: 'before' | 'during' | 'after'): string => {
    const counters = target.counters?.[when];
    return counters === undefined
      ? '–'
      : `${number.format(counters.views)}${counters.suspect ? ` (${t('incidents.suspect')})` : ''}`;
  };
  return (
    <DataTable
      label={t('incidents.tab.posts')}
      rows={targets}
      keyOf={({ targetId }) => targetId}
      columns={[
        {
          name: 'post',
          title: t('incidents.post'),
          cell: ({ postId, title }) => (
            <Anchor component={Link} to={postPath(postId)} underline="always" size="sm">
              {title || t('now.noCaption')}
            </Anchor>
          ),
        },
        {
          name: 'account',
          title: t('incidents.account'),
          cell: ({ platform, account }) => <PlatformBadge platform={platform} account={account} />,
        },
        { name: 'status', title: t('common.status'), cell: ({ status }) => <StateBadge state={status as State} /> },
        {
          name: 'to',
          title: t('incidents.instead'),
          cell: ({ replacements }) => <Replacements replacements={replacements} />,
        },
        { name: 'before', title: t('incidents.viewsDuring'), align: 'end', cell: (target) => views(target, 'during') },
        { name: 'after', title: t('incidents.viewsAfter'), align: 'end', cell: (target) => views(target, 'after') },
      ]}
    />
  );
};

const Replacements = ({ replacements }: Pick<AffectedTarget, 'replacements'>) => (
  <>
    {replacements.map(({ platform = '', permalink }) =>
      permalink ? (
        <Anchor key={permalink} href={permalink} target="_blank" rel="noreferrer" size="sm" underline="always">
          {platformTitle(platform)}
        </Anchor>
      ) : (
        <Text key={platform} span size="sm">
          {platformTitle(platform)}
        </Text>
      ),
    )}
  </>
);
