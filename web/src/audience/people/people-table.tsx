import { Anchor, Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SubscriberResponse } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { useTimes } from '../../ui/times.ts';
import { PEOPLE_COLORS } from './people-filters.ts';

/** Rows of people, each leading to all that is known of one. */
export const People = ({ items }: { readonly items: readonly SubscriberResponse[] }) => {
  const { t } = useTranslation();
  const { day } = useTimes();
  return (
    <DataTable
      label={t('audience.section.subscribers')}
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'email',
          title: t('access.email'),
          cell: ({ id, email }) => (
            <Anchor component={Link} to={`/audience/subscribers/${id}`} size="sm">
              {email ?? t('audience.erased')}
            </Anchor>
          ),
        },
        {
          name: 'status',
          title: t('common.status'),
          cell: ({ status }) => <Badge color={PEOPLE_COLORS[status]}>{t(`audience.people.status.${status}`)}</Badge>,
        },
        {
          name: 'tags',
          title: t('audience.broadcast.tags'),
          cell: ({ tags }) => (
            <Group gap={4}>
              {tags.map((tag) => (
                <Badge key={tag} variant="default" tt="none">
                  {tag}
                </Badge>
              ))}
            </Group>
          ),
        },
        { name: 'language', title: t('audience.people.language'), cell: ({ language }) => language ?? '–' },
        { name: 'since', title: t('audience.people.since'), cell: ({ createdAt }) => day(createdAt) },
      ]}
    />
  );
};
