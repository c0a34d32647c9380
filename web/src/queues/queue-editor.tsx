import { Anchor, Button, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useSession } from '../access/session.ts';
import {
  queuesChangeMutation,
  queuesCreateMutation,
  queuesGetOptions,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { QueueDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { Answered } from '../ui/answered.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { tellDone } from '../ui/tell.ts';
import { QueueForm, type QueueWish } from './queue-form.tsx';
import { RecyclingSettings } from './recycling-settings.tsx';
import { categoriesOf } from './slots.ts';
import { QUEUE_TAGS, useQueueDeeds } from './use-queue-deeds.ts';

const Back = () => {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to="/queues" size="sm">
      <IconArrowLeft size={14} aria-hidden /> {t('queues.all')}
    </Anchor>
  );
};

/** A queue that does not exist yet. */
export const NewQueue = () => {
  const { t } = useTranslation();
  const { timezone } = useSession();
  const navigate = useNavigate();
  const create = useMutation({
    ...queuesCreateMutation(),
    onSuccess: async ({ id }) => {
      await refreshTags(QUEUE_TAGS);
      tellDone(t('common.saved'));
      await navigate(`/queues/${id}`, { replace: true });
    },
  });
  const blank: QueueWish = {
    name: '',
    timezone,
    accountIds: [],
    slots: [],
    order: 'oldest',
    weighsViews: false,
    minGapSeconds: 0,
    dailyCap: null,
    blackouts: [],
    seasons: [],
  };
  return (
    <PageFrame title={t('queues.new')}>
      <Back />
      <QueueForm
        queue={blank}
        error={create.error}
        isSaving={create.isPending}
        onSave={(body) => create.mutate({ body })}
      />
    </PageFrame>
  );
};

/** A queue as it is, its settings, and those of the categories that it plays. */
export const EditQueue = () => {
  const { id = '' } = useParams();
  const queue = useQuery(queuesGetOptions({ path: { id } }));
  return <Answered query={queue}>{(found) => <Editor queue={found} />}</Answered>;
};

const wishOf = ({ name, timezone, accountIds, slots, order, weighsViews, ...rest }: QueueDto): QueueWish => ({
  name,
  timezone,
  accountIds,
  slots: slots.map(({ dayOfWeek, time, categories }) => ({ dayOfWeek, time, ...(categories ? { categories } : {}) })),
  order,
  weighsViews,
  minGapSeconds: rest.minGapSeconds,
  dailyCap: rest.dailyCap ?? null,
  blackouts: rest.blackouts,
  seasons: rest.seasons,
});

const Editor = ({ queue }: { readonly queue: QueueDto }) => {
  const { t } = useTranslation();
  const { id, name, version, pausedAt, slots } = queue;
  const { isBusy, setPaused, remove } = useQueueDeeds(queue);
  const mayWrite = useSession().may('posts:write');
  const change = useMutation({
    ...queuesChangeMutation(),
    onSuccess: async () => {
      await refreshTags(QUEUE_TAGS);
      tellDone(t('common.saved'));
    },
  });
  const actions = mayWrite && (
    <>
      <Button size="xs" variant="default" loading={isBusy} onClick={() => setPaused(!pausedAt)}>
        {t(pausedAt ? 'queues.resume' : 'queues.pause')}
      </Button>
      <Button size="xs" variant="default" color="red" onClick={remove} disabled={isBusy}>
        {t('common.delete')}
      </Button>
    </>
  );
  const headers = { 'If-Match': `"${version}"` };
  const stored = wishOf(queue);
  return (
    <PageFrame title={name} actions={actions}>
      <Stack>
        <Back />
        {/* Begins anew when its timetable or rules are others; what is typed outlasts a pause. */}
        <QueueForm
          key={JSON.stringify(stored)}
          queue={stored}
          id={id}
          error={change.error}
          isSaving={change.isPending}
          onSave={(body) => change.mutate({ path: { id }, body, headers })}
        />
        {mayWrite && <RecyclingSettings categories={categoriesOf(slots)} />}
      </Stack>
    </PageFrame>
  );
};
