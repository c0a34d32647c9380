import { Anchor, Button, Group, Modal, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../access/session.ts';
import { postsGetOptions, routesRemoveMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { AccountDto, RouteDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { Answered } from '../ui/answered.tsx';
import { confirm } from '../ui/confirm.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { postPath } from '../ui/post-path.ts';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { postName } from './post-picker.tsx';
import { RouteForm } from './route-form.tsx';
import { useRouteWords } from './route-words.ts';
import { useRoutes } from './use-what-if.ts';

/** `undefined`: nothing is edited; `new`: a route that is not there yet. */
type Edited = RouteDto | 'new' | undefined;

/** The routes people keep, each in words. */
export const RouteList = ({ accounts }: { readonly accounts: readonly AccountDto[] }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const routes = useRoutes();
  const [edited, setEdited] = useState<Edited>();
  const mayWrite = may('routes:write');
  const add = mayWrite && (
    <Button size="sm" onClick={() => setEdited('new')}>
      {t('routes.add')}
    </Button>
  );
  return (
    <Panel title={t('routes.list')} note={t('routes.listWhat')} actions={add}>
      <Answered query={routes}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState what={t('routes.empty')} next={add} />
          ) : (
            <Stack gap="sm">
              {items.map((route) => (
                <RouteCard
                  key={route.id}
                  route={route}
                  accounts={accounts}
                  {...(mayWrite ? { onEdit: () => setEdited(route) } : {})}
                />
              ))}
            </Stack>
          )
        }
      </Answered>
      <Modal
        opened={edited !== undefined}
        onClose={() => setEdited(undefined)}
        title={t(edited === 'new' ? 'routes.add' : 'routes.change')}
        size="lg"
      >
        {edited && (
          <RouteForm
            route={edited === 'new' ? undefined : edited}
            accounts={accounts}
            onDone={() => setEdited(undefined)}
          />
        )}
      </Modal>
    </Panel>
  );
};

interface RouteCardProps {
  readonly route: RouteDto;
  readonly accounts: readonly AccountDto[];
  readonly onEdit?: () => void;
}

const RouteCard = ({ route, accounts, onEdit }: RouteCardProps) => {
  const { t } = useTranslation();
  const words = useRouteWords(accounts);
  const post = useQuery({
    ...postsGetOptions({ path: { id: route.scopeId ?? '' } }),
    enabled: route.scope === 'post',
  });
  const scope = words.scope(route, post.data && postName(post.data));
  const remove = useMutation({
    ...routesRemoveMutation({ path: { id: route.id } }),
    onError: tellProblem,
    onSuccess: () => {
      tellDone(t('routes.removed'));
      void refreshTags(['Routes', 'Readiness']);
    },
  });
  const askRemove = async () => {
    const title = t('routes.remove');
    if (await confirm({ title, text: t('routes.removeText'), yes: title })) remove.mutate({ path: { id: route.id } });
  };
  return (
    <Paper withBorder p="sm" data-route={route.id}>
      <Stack gap={6}>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          {route.scope === 'post' && route.scopeId !== undefined ? (
            <Anchor component={Link} to={postPath(route.scopeId)} fw={600} c="inherit" underline="always">
              {scope}
            </Anchor>
          ) : (
            <Text fw={600}>{scope}</Text>
          )}
          {onEdit && (
            <Group gap={4} wrap="nowrap">
              <Button size="compact-sm" variant="default" onClick={onEdit} aria-label={`${t('common.edit')}: ${scope}`}>
                {t('common.edit')}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                loading={remove.isPending}
                onClick={() => void askRemove()}
                aria-label={`${t('common.remove')}: ${scope}`}
              >
                {t('common.remove')}
              </Button>
            </Group>
          )}
        </Group>
        <Group gap="xs" role="list" aria-label={t('routes.fallbacks')}>
          {route.fallbacks.length === 0 && <Text size="sm">{t('routes.noFallbacks')}</Text>}
          {route.fallbacks.map((id, index) => {
            const account = accounts.find((one) => one.id === id);
            return (
              <Group key={id} gap={4} role="listitem">
                <Text size="sm" c="dimmed">
                  {index + 1}.
                </Text>
                <PlatformBadge platform={account?.platform ?? ''} account={account?.displayName ?? t('routes.gone')} />
              </Group>
            );
          })}
        </Group>
        <Text size="sm" c="dimmed">
          {words.policy(route)}
        </Text>
      </Stack>
    </Paper>
  );
};
