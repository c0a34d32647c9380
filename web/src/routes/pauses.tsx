import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import { pausesListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { AccountDto, StandingPauseResponse } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { Answered } from '../ui/answered.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { PLATFORM_OPTIONS } from '../ui/platforms.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { useTimes } from '../ui/times.ts';
import { useFields } from '../ui/use-fields.ts';
import { pause, type PausedPlace, resume } from './pause-calls.ts';

const TOUCHED = ['Pauses', 'Now', 'Accounts', 'Platforms', 'Readiness', 'Targets'];

/** Publishing stopped by a person: what stands, and a way to stop more. */
export const Pauses = ({ accounts }: { readonly accounts: readonly AccountDto[] }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const list = useQuery(pausesListOptions());
  return (
    <Panel title={t('routes.pauses')} note={t('routes.pausesWhat')}>
      <Answered query={list}>
        {({ items }) => (
          <Stack gap="sm">
            {items
              .filter(({ scope }) => scope !== 'post')
              .map((standing) => (
                <PauseLine
                  key={`${standing.scope} ${standing.platform} ${standing.accountId}`}
                  standing={standing}
                  accounts={accounts}
                />
              ))}
          </Stack>
        )}
      </Answered>
      {may('posts:write') && <PauseForm accounts={accounts} />}
    </Panel>
  );
};

interface PauseLineProps {
  readonly standing: StandingPauseResponse;
  readonly accounts: readonly AccountDto[];
}

const placeOf = ({ scope, platform = '', accountId = '' }: StandingPauseResponse): PausedPlace =>
  scope === 'workspace'
    ? { scope: 'workspace', id: '' }
    : scope === 'platform'
      ? { scope, id: platform }
      : { scope: 'account', id: accountId };

const PauseLine = ({ standing, accounts }: PauseLineProps) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const { moment } = useTimes();
  const { scope, platform, accountId, reason, pausedAt, actor, instanceWide } = standing;
  const account = accounts.find(({ id }) => id === accountId);
  const go = useMutation({
    mutationFn: () => resume(placeOf(standing)),
    onError: tellProblem,
    onSuccess: () => {
      tellDone(t('routes.resumed'));
      void refreshTags(TOUCHED);
    },
  });
  return (
    <Group justify="space-between" align="flex-start">
      <Stack gap={2} miw={0} flex={1}>
        {scope === 'workspace' ? (
          <Text size="sm" fw={600}>
            {t('routes.everything')}
          </Text>
        ) : (
          <PlatformBadge platform={account?.platform ?? platform ?? ''} account={account?.displayName} />
        )}
        <Text size="sm">{reason ?? t('routes.noReason')}</Text>
        <Text size="sm" c="dimmed">
          {t('routes.pausedBy', { actor: actor ?? '–', at: moment(pausedAt) })}
        </Text>
      </Stack>
      {!instanceWide && may(scope === 'account' ? 'accounts:write' : 'posts:write') && (
        <Button size="compact-sm" variant="default" loading={go.isPending} onClick={() => go.mutate()}>
          {t('routes.resume')}
        </Button>
      )}
    </Group>
  );
};

const FIRST = { scope: 'platform', id: 'tiktok', reason: '' } as const;

const PauseForm = ({ accounts }: { readonly accounts: readonly AccountDto[] }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const stop = useMutation({
    mutationFn: ({ scope, id, reason }: PausedPlace & { readonly reason: string }) => pause({ scope, id }, reason),
    onSuccess: () => {
      tellDone(t('routes.pausedNow'));
      void refreshTags(TOUCHED);
      form.set({ reason: '' });
    },
  });
  const form = useFields<PausedPlace & { readonly reason: string }>(FIRST, stop.error);
  const { scope, id } = form.values;
  const scopes = (['workspace', 'platform', 'account'] as const).filter(
    (one) => one !== 'account' || may('accounts:write'),
  );
  const places =
    scope === 'platform' ? PLATFORM_OPTIONS : accounts.map((one) => ({ value: one.id, label: one.displayName }));
  return (
    <SubmitForm label={t('routes.pause')} action={stop} onSubmit={() => stop.mutate(form.values)} fields={['reason']}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('routes.what')}
          data={scopes.map((value) => ({ value, label: t(`routes.scope.${value}`) }))}
          allowDeselect={false}
          value={scope}
          onChange={(value) =>
            value &&
            form.set({
              scope: value,
              id: value === 'platform' ? 'tiktok' : (accounts[0]?.id ?? ''),
            })
          }
        />
        {scope !== 'workspace' && (
          <Select
            label={t(`routes.scope.${scope}`)}
            data={places}
            allowDeselect={false}
            value={id}
            onChange={(value) => value && form.set({ id: value })}
          />
        )}
      </SimpleGrid>
      <TextInput label={t('routes.reason')} {...form.text('reason')} />
    </SubmitForm>
  );
};
