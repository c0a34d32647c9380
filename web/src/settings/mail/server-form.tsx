import { Group, NumberInput, PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CreateMailServerDto } from '../../api/generated/types.gen.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';
import { NEW_SERVER, type ServerDraft, toServerWish } from './server-draft.ts';

interface ServerFormProps {
  readonly label: string;
  readonly action: { readonly isPending: boolean; readonly error: unknown };
  readonly initial?: ServerDraft;
  readonly onSubmit: (wish: CreateMailServerDto) => void;
}

const ISO_DAY_LENGTH = 10;
const today = (): string => new Date().toISOString().slice(0, ISO_DAY_LENGTH);

export const ServerForm = ({ label, action, initial = NEW_SERVER, onSubmit }: ServerFormProps) => {
  const { t } = useTranslation();
  const form = useFields(initial, action.error);
  return (
    <SubmitForm
      label={label}
      action={action}
      fields={Object.keys(NEW_SERVER)}
      onSubmit={() => onSubmit(toServerWish(form.values, today()))}
    >
      <Group grow align="flex-start">
        <TextInput {...form.text('host')} label={t('settings.mail.host')} autoComplete="off" data-autofocus required />
        <NumberInput {...form.pick('port')} label={t('settings.mail.port')} min={1} max={65_535} hideControls />
      </Group>
      <Select
        name="security"
        label={t('settings.mail.security')}
        data={(['tls', 'starttls', 'none'] as const).map((value) => ({
          value,
          label: t(`settings.mail.securityIs.${value}`),
        }))}
        value={form.values.security}
        allowDeselect={false}
        onChange={(security) => security && form.set({ security })}
        error={form.fault('security')}
      />
      <Group grow align="flex-start">
        <TextInput {...form.text('username')} label={t('settings.mail.username')} autoComplete="off" />
        <PasswordInput
          {...form.text('password')}
          label={t('access.password')}
          autoComplete="new-password"
          placeholder={initial === NEW_SERVER ? '' : t('settings.mail.passwordStays')}
        />
      </Group>
      <Group grow align="flex-start">
        <NumberInput
          {...form.pick('priority')}
          label={t('settings.mail.priority')}
          description={t('settings.mail.priorityWhat')}
          min={1}
          max={100}
        />
        <NumberInput
          {...form.pick('connections')}
          label={t('settings.mail.connections')}
          description={t('settings.mail.connectionsWhat')}
          min={1}
          max={10}
        />
        <NumberInput
          {...form.pick('perSecond')}
          label={t('settings.mail.perSecond')}
          description={t('settings.mail.perSecondWhat')}
          min={0}
        />
      </Group>
      <Switch
        {...form.check('isWarmingUp')}
        label={t('settings.mail.warmUp')}
        description={t('settings.mail.warmUpWhat')}
      />
      <Switch {...form.check('enabled')} label={t('settings.mail.enabled')} />
    </SubmitForm>
  );
};
