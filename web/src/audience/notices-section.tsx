import { Anchor, NumberInput, Select, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { noticePolicyGetOptions, noticePolicyReplaceMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { NoticePolicyResponse } from '../api/generated/types.gen.ts';
import { useDeed } from '../api/use-deed.ts';
import { Answered } from '../ui/answered.tsx';
import { Panel } from '../ui/panel.tsx';
import { QuietHours } from '../ui/quiet-hours.tsx';
import { Copyable } from '../ui/shown-once.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useFields } from '../ui/use-fields.ts';

interface PolicyDraft {
  readonly sending: NoticePolicyResponse['sending'];
  readonly allClear: NoticePolicyResponse['allClear'];
  readonly atOnceWithoutFallback: boolean;
  readonly maxPerDay: number | string;
  readonly isQuiet: boolean;
  readonly quietFrom: string;
  readonly quietUntil: string;
}

export default function NoticesSection() {
  const policy = useQuery(noticePolicyGetOptions());
  return <Answered query={policy}>{(found) => <PolicyForm policy={found} />}</Answered>;
}

/** How the list is told of outages. When is each route's own: `broadcastAfterSeconds`. */
const PolicyForm = ({ policy }: { readonly policy: NoticePolicyResponse }) => {
  const { t } = useTranslation();
  const save = useDeed(noticePolicyReplaceMutation(), { tags: ['Audience'], said: t('common.saved'), inForm: true });
  const form = useFields<PolicyDraft>(
    {
      sending: policy.sending,
      allClear: policy.allClear,
      atOnceWithoutFallback: policy.atOnceWithoutFallback,
      maxPerDay: policy.maxPerDay,
      isQuiet: policy.quietHours !== undefined,
      quietFrom: policy.quietHours?.from ?? '22:00',
      quietUntil: policy.quietHours?.until ?? '07:00',
    },
    save.error,
  );
  const send = (): void => {
    const { isQuiet, quietFrom, quietUntil, maxPerDay, ...body } = form.values;
    const quiet = isQuiet ? { quietHours: { from: quietFrom, until: quietUntil } } : {};
    save.mutate({ body: { ...body, maxPerDay: Number(maxPerDay), ...quiet } });
  };
  return (
    <Panel title={t('audience.section.notices')} note={t('audience.notice.what')}>
      <SubmitForm label={t('common.save')} action={save} fields={Object.keys(form.values)} onSubmit={send}>
        <Select
          label={t('audience.notice.sending')}
          data={(['automatic', 'approval'] as const).map((value) => ({
            value,
            label: t(`audience.notice.sendingIs.${value}`),
          }))}
          value={form.values.sending}
          allowDeselect={false}
          onChange={(sending) => sending && form.set({ sending })}
          error={form.fault('sending')}
        />
        <Text size="sm" c="dimmed">
          {t('audience.notice.route')}{' '}
          <Anchor component={Link} to="/routes" size="sm" underline="always">
            {t('page.routes')}
          </Anchor>
        </Text>
        <Switch
          {...form.check('atOnceWithoutFallback')}
          label={t('audience.notice.atOnce')}
          description={t('audience.notice.atOnceWhat')}
        />
        <Select
          label={t('audience.notice.allClear')}
          data={(['automatic', 'approval', 'never'] as const).map((value) => ({
            value,
            label: t(`audience.notice.allClearIs.${value}`),
          }))}
          value={form.values.allClear}
          allowDeselect={false}
          onChange={(allClear) => allClear && form.set({ allClear })}
          error={form.fault('allClear')}
        />
        <NumberInput
          {...form.pick('maxPerDay')}
          label={t('audience.notice.maxPerDay')}
          description={t('audience.notice.maxPerDayWhat')}
          min={1}
          max={20}
          maw={320}
        />
        <QuietHours
          label={t('settings.channels.quiet')}
          description={t('audience.notice.quietWhat')}
          fromLabel={t('settings.channels.quietFrom')}
          untilLabel={t('settings.channels.quietUntil')}
          value={form.values}
          onChange={form.set}
          error={form.fault('quietHours')}
        />
      </SubmitForm>
      <Stack gap="xs">
        <Text size="sm">{t('audience.notice.page')}</Text>
        <Copyable text={policy.pageUrl} label={t('audience.notice.pageLabel')} />
      </Stack>
    </Panel>
  );
};
