import { Button, SimpleGrid } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../access/session.ts';
import { queuesListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { QueueCard } from './queue-card.tsx';

/** A workspace has at most so many queues. */
const MOST = 100;

/** All queues: whether they run, where to, and what comes next. */
export const QueueList = () => {
  const { t } = useTranslation();
  const mayWrite = useSession().may('posts:write');
  const queues = useQuery(queuesListOptions({ query: { limit: MOST } }));
  const create = mayWrite && (
    <Button component={Link} to="/queues/new" size="xs" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('queues.new')}
    </Button>
  );
  return (
    <PageFrame title={t('page.queues')} actions={create}>
      <Answered query={queues}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState what={t('queues.none')} next={create} />
          ) : (
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              {items.map((queue) => (
                <QueueCard key={queue.id} queue={queue} />
              ))}
            </SimpleGrid>
          )
        }
      </Answered>
    </PageFrame>
  );
};
