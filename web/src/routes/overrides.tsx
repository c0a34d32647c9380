import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import {
  overridesListOptions,
  overridesUnpinMutation,
  platformsPinMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { AccountDto, OverrideDto, PinPlatformDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { Answered } from '../ui/answered.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { PLATFORM_OPTIONS, type PlatformName } from '../ui/platforms.ts';
import { RegionSelect } from '../ui/region-select.tsx';
import { useRegions } from '../ui/regions.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { useTimes } from '../ui/times.ts';
import { useFields } from '../ui/use-fields.ts';

const TOUCHED = ['Platforms', 'Now', 'Readiness'];
const HOUR = 3_600;

interface OverridesProps {
  readonly accounts: readonly AccountDto[];
}

/** A person's word on a platform's state, with reason and end. */
export const Overrides = ({ accounts }: OverridesProps) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const list = useQuery(overridesListOptions());
  return (
    <Panel title={t('routes.overrides')} note={t('routes.overridesWhat')}>
      <Answered query={list}>
        {({ items }) => (
          <Stack gap="sm">
            {items.map((override) => (
              <OverrideLine key={override.id} override={override} />
            ))}
          </Stack>
        )}
      </Answered>
      {may('health:write') && <PinForm accounts={accounts} />}
    </Panel>
  );
};

const OverrideLine = ({ override }: { readonly override: OverrideDto }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { title } = useRegions();
  const { may } = useSession();
  const { id, platform, region, state, reason, author, expiresAt, scope } = override;
  const unpin = useMutation({
    ...overridesUnpinMutation(),
    onError: tellProblem,
    onSuccess: () => {
      tellDone(t('routes.unpinned'));
      void refreshTags(TOUCHED);
    },
  });
  return (
    <Group justify="space-between" align="flex-start">
      <Stack gap={2} miw={0} flex={1}>
        <Group gap="xs">
          <PlatformBadge platform={platform} />
          <StateBadge state={state} />
          <Text size="sm">{region === undefined ? t('routes.everywhere') : title(region)}</Text>
        </Group>
        <Text size="sm">{reason}</Text>
        <Text size="sm" c="dimmed">
          {t('routes.pinnedBy', { author, at: moment(expiresAt) })}
        </Text>
      </Stack>
      {may('health:write') && scope === 'workspace' && (
        <Button
          size="compact-sm"
          variant="default"
          loading={unpin.isPending}
          onClick={() => unpin.mutate({ path: { id } })}
        >
          {t('routes.unpin')}
        </Button>
      )}
    </Group>
  );
};

interface Pin extends Pick<PinPlatformDto, 'state' | 'reason'> {
  platform: PlatformName;
  /** Empty: every region. */
  region: string;
  hours: number | string;
}

const NEW_PIN: Pin = { platform: 'tiktok', region: '', state: 'down', reason: '', hours: 4 };

const PinForm = ({ accounts }: OverridesProps) => {
  const { t } = useTranslation();
  const pin = useMutation({
    ...platformsPinMutation(),
    onSuccess: () => {
      tellDone(t('routes.pinned'));
      void refreshTags(TOUCHED);
      form.set({ reason: '' });
    },
  });
  const form = useFields(NEW_PIN, pin.error);
  const { platform, region, state, reason, hours } = form.values;
  const send = (): void =>
    pin.mutate({
      path: { platform },
      body: { state, reason, forSeconds: Math.round(Number(hours) * HOUR), ...(region === '' ? {} : { region }) },
    });
  return (
    <SubmitForm label={t('routes.pin')} action={pin} onSubmit={send} fields={['reason', 'forSeconds', 'region']}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <Select
          label={t('routes.platform')}
          data={PLATFORM_OPTIONS}
          allowDeselect={false}
          value={platform}
          onChange={(value) => value && form.set({ platform: value, region: '' })}
        />
        <RegionSelect
          accounts={accounts}
          platform={platform}
          value={region}
          onChange={(value) => form.set({ region: value })}
          error={form.fault('region')}
        />
        <Select
          label={t('common.status')}
          data={(['down', 'degraded', 'healthy'] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
          allowDeselect={false}
          value={state}
          onChange={(value) => value && form.set({ state: value })}
        />
        <NumberInput
          label={t('routes.forHours')}
          min={0.25}
          max={24}
          step={1}
          {...form.pick('hours')}
          error={form.fault('forSeconds')}
        />
      </SimpleGrid>
      <TextInput label={t('routes.reason')} required {...form.text('reason')} />
    </SubmitForm>
  );
};
