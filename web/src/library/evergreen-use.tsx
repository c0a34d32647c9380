import { Anchor, Group, List, Switch, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  accountsListOptions,
  postActionsPauseMutation,
  postActionsResumeMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostDto, PostRecyclingDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { Panel } from '../ui/panel.tsx';
import { postPath } from '../ui/post-path.ts';
import { tellProblem } from '../ui/tell.ts';
import { useTimes } from '../ui/times.ts';
import { useNowMs } from '../ui/use-now-ms.ts';
import { lastUse, nextUse, restsOf } from './post-uses.ts';

const MANY = 100;

interface EvergreenUseProps {
  readonly post: PostDto;
  readonly settings: PostRecyclingDto;
}

/** When it ran and will run, where it rests, and whether queues take it. */
export const EvergreenUse = ({ post, settings }: EvergreenUseProps) => {
  const { t } = useTranslation();
  const times = useTimes();
  const when = (iso: string | undefined): string => (iso ? times.moment(iso) : t('library.never'));
  return (
    <Panel
      title={t('library.evergreen.use')}
      actions={
        <Group gap="sm">
          <OnSwitch post={post} />
          <Anchor component={Link} to={postPath(post.id)} size="sm">
            {t('library.open')}
          </Anchor>
        </Group>
      }
    >
      <Text fw={500} lineClamp={2}>
        {post.title || post.caption || t('library.noCaption')}
      </Text>
      <Group gap="lg">
        <Text size="sm">
          {t('library.lastUse')}: {when(lastUse(post.targets))}
        </Text>
        <Text size="sm">
          {t('library.nextUse')}: {when(nextUse(post.targets))}
        </Text>
      </Group>
      <Rests post={post} settings={settings} />
    </Panel>
  );
};

const Rests = ({ post, settings }: EvergreenUseProps) => {
  const { t } = useTranslation();
  const times = useTimes();
  const nowMs = useNowMs();
  const accounts = useQuery(accountsListOptions({ query: { limit: MANY } })).data?.items ?? [];
  const days = Object.fromEntries(settings.duplicateRules.map((rule) => [rule.platform, rule.cooldownDays]));
  const rests = restsOf(post.targets, days, nowMs);
  return (
    <List size="sm">
      {rests.map(({ accountId, until, isOver }) => {
        const account = accounts.find(({ id }) => id === accountId)?.displayName ?? '';
        return (
          <List.Item key={accountId}>
            {isOver
              ? t('library.evergreen.free', { account })
              : t('library.evergreen.cooldown', { account, when: times.moment(until) })}
          </List.Item>
        );
      })}
    </List>
  );
};

/** Off is a paused post: nothing new is planned, nothing is lost. */
const OnSwitch = ({ post }: { readonly post: PostDto }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const path = { id: post.id };
  const settled = { onSuccess: () => refreshTags(['Posts', 'Calendar', 'Queues']), onError: tellProblem };
  const pause = useMutation({ ...postActionsPauseMutation(), ...settled });
  const resume = useMutation({ ...postActionsResumeMutation(), ...settled });
  const isOn = post.pausedAt === undefined;
  return (
    <Switch
      label={t(isOn ? 'library.evergreen.on' : 'library.evergreen.off')}
      checked={isOn}
      disabled={!may('posts:write') || pause.isPending || resume.isPending}
      onChange={() => (isOn ? pause.mutate({ path, body: {} }) : resume.mutate({ path }))}
    />
  );
};
