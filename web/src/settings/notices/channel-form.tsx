import { PasswordInput, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../access/session.ts';
import { BY_CURSOR, itemsOf } from '../../api/by-cursor.ts';
import {
  notificationChannelsChangeMutation,
  notificationChannelsCreateMutation,
  webhooksListInfiniteOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { NotificationChannelDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { QuietHours } from '../../ui/quiet-hours.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';
import { type ChannelDraft, draftOfChannel, NEW_CHANNEL, toChannelChange, toChannelWish } from './channel-wish.ts';

const KINDS = ['email', 'discord', 'telegram', 'webhook'] as const;
const SEVERITIES = ['info', 'warning', 'critical'] as const;

interface ChannelFormProps {
  /** The one to change; left out: a new one. */
  readonly channel?: NotificationChannelDto;
  readonly onDone: () => void;
}

export const ChannelForm = ({ channel, onDone }: ChannelFormProps) => {
  const { t } = useTranslation();
  const { timezone } = useSession();
  const afterwards = { tags: ['Notifications'], onDone, inForm: true };
  const create = useDeed(notificationChannelsCreateMutation(), afterwards);
  const change = useDeed(notificationChannelsChangeMutation(), { ...afterwards, said: t('common.saved') });
  const action = channel ? change : create;
  const form = useFields(
    channel ? draftOfChannel(channel, timezone) : { ...NEW_CHANNEL, quietZone: timezone },
    action.error,
  );
  const send = (): void =>
    channel
      ? change.mutate({ path: { id: channel.id }, body: toChannelChange(form.values) })
      : create.mutate({ body: toChannelWish(form.values) });
  return (
    <SubmitForm
      label={t(channel ? 'common.save' : 'settings.channels.createYes')}
      action={action}
      fields={[...Object.keys(NEW_CHANNEL), 'quietHours', 'quietHours.to']}
      onSubmit={send}
    >
      {!channel && (
        <SegmentedControl
          aria-label={t('settings.channels.kindIs')}
          data={KINDS.map((value) => ({ value, label: t(`settings.channels.kind.${value}`) }))}
          value={form.values.kind}
          onChange={(kind) => form.set({ kind })}
        />
      )}
      <TextInput {...form.text('name')} label={t('common.name')} autoComplete="off" required />
      <LeadsTo form={form} stays={channel?.destination} />
      <Select
        label={t('settings.channels.severity')}
        data={SEVERITIES.map((value) => ({ value, label: t(`settings.channels.from.${value}`) }))}
        value={form.values.minSeverity}
        allowDeselect={false}
        onChange={(minSeverity) => minSeverity && form.set({ minSeverity })}
      />
      <QuietHours
        label={t('settings.channels.quiet')}
        description={`${t('settings.channels.quietWhat')} ${t('common.timesIn', { zone: form.values.quietZone })}.`}
        fromLabel={t('settings.channels.quietFrom')}
        untilLabel={t('settings.channels.quietUntil')}
        value={form.values}
        onChange={form.set}
        error={form.fault('quietHours') ?? form.fault('quietHours.to')}
      />
    </SubmitForm>
  );
};

type Form = ReturnType<typeof useFields<ChannelDraft>>;

interface LeadsToProps {
  readonly form: Form;
  /** Where it leads now, as far as it is told; absent for a new one. */
  readonly stays: string | undefined;
}

const LeadsTo = ({ form, stays }: LeadsToProps) => {
  const { t } = useTranslation();
  const isNew = stays === undefined;
  const kept = isNew ? {} : { placeholder: t('settings.channels.stays', { destination: stays }) };
  switch (form.values.kind) {
    case 'email':
      return (
        <>
          <TextInput {...form.text('email')} type="email" label={t('access.email')} required={isNew} {...kept} />
          <Text size="sm" c="dimmed">
            {t('settings.channels.codeComes')}
          </Text>
        </>
      );
    case 'discord':
      return (
        <TextInput
          {...form.text('webhookUrl')}
          type="url"
          label={t('settings.channels.discordUrl')}
          description={t('settings.channels.discordWhat')}
          autoComplete="off"
          required={isNew}
          {...kept}
        />
      );
    case 'telegram':
      return (
        <>
          <PasswordInput
            {...form.text('botToken')}
            label={t('settings.channels.botToken')}
            description={t('settings.channels.telegramWhat')}
            autoComplete="off"
            required={isNew}
            {...kept}
          />
          <TextInput
            {...form.text('chatId')}
            label={t('settings.channels.chatId')}
            autoComplete="off"
            required={isNew}
            {...kept}
          />
        </>
      );
    case 'webhook':
      return <OneOfOurs form={form} />;
  }
};

const OneOfOurs = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const webhooks = useInfiniteQuery({ ...webhooksListInfiniteOptions(), ...BY_CURSOR });
  return (
    <Select
      label={t('settings.channels.kind.webhook')}
      description={t('settings.channels.webhookWhat')}
      data={itemsOf(webhooks.data).map(({ id, url }) => ({ value: id, label: url }))}
      value={form.values.webhookId || null}
      onChange={(webhookId) => form.set({ webhookId: webhookId ?? '' })}
      error={form.fault('webhookId')}
      nothingFoundMessage={t('settings.webhooks.none')}
      required
    />
  );
};
