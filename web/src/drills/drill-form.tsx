import { NumberInput, Radio, SegmentedControl, Select, SimpleGrid, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../access/session.ts';
import { accountsListOptions, drillsCreateMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { instantOfWall } from '../ui/wall-time.ts';
import { PLATFORM_OPTIONS } from '../ui/platforms.ts';
import { RegionSelect } from '../ui/region-select.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone } from '../ui/tell.ts';
import { useFields } from '../ui/use-fields.ts';
import { DRILL_HOURS, NEW_DRILL, toDrill } from './drill-wish.ts';
import { DrillTime } from './drill-time.tsx';

const FIELDS = ['platform', 'region', 'startsAt', 'durationSeconds', 'schedule.time'];
const MOST_ACCOUNTS = 100;

/** A drill: of what, for how long, and now, at a date or once a week. */
export const DrillForm = () => {
  const { t } = useTranslation();
  const { timezone } = useSession();
  const navigate = useNavigate();
  const accounts = useQuery(accountsListOptions({ query: { limit: MOST_ACCOUNTS } }));
  const create = useMutation({
    ...drillsCreateMutation(),
    onSuccess: ({ id, status }) => {
      tellDone(t(status === 'planned' ? 'drills.planned' : 'drills.started'));
      void refreshTags(['Drills']);
      void navigate(`/drills/${id}`);
    },
  });
  const form = useFields(NEW_DRILL, create.error);
  const { kind, platform, region, when, at } = form.values;
  const startsAt = instantOfWall(at, timezone);
  const { usual, most } = DRILL_HOURS[kind];
  return (
    <SubmitForm
      label={t(when === 'now' ? 'drills.start' : 'drills.plan')}
      action={create}
      disabled={when === 'once' && startsAt === undefined}
      onSubmit={() => create.mutate({ body: toDrill(form.values, timezone, startsAt) })}
      fields={FIELDS}
    >
      <Radio.Group
        label={t('drills.kindTitle')}
        value={kind}
        onChange={(value) => form.set({ kind: value === 'sandbox' ? 'sandbox' : 'dry_run' })}
      >
        <Stack gap="xs" mt="xs">
          {(['dry_run', 'sandbox'] as const).map((one) => (
            <Radio key={one} value={one} label={t(`drills.kind.${one}`)} description={t(`drills.kindWhat.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('drills.platform')}
          data={PLATFORM_OPTIONS}
          allowDeselect={false}
          value={platform}
          onChange={(value) => value && form.set({ platform: value, region: '' })}
          error={form.fault('platform')}
        />
        <RegionSelect
          accounts={accounts.data?.items ?? []}
          platform={platform}
          value={region}
          onChange={(value) => form.set({ region: value })}
          error={form.fault('region')}
        />
      </SimpleGrid>
      <NumberInput
        label={t('drills.hours')}
        description={t('drills.hoursWhat', { usual, most })}
        placeholder={String(usual)}
        min={0.25}
        max={most}
        {...form.pick('hours')}
        error={form.fault('durationSeconds')}
      />
      <SegmentedControl
        aria-label={t('incidents.at')}
        data={(['now', 'once', 'weekly'] as const).map((value) => ({ value, label: t(`drills.when.${value}`) }))}
        value={when}
        onChange={(value) => form.set({ when: value })}
      />
      <DrillTime form={form} />
    </SubmitForm>
  );
};
