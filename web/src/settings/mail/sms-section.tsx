import { Alert, Button, Group, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { smsSettingsGetOptions, smsSettingsReplaceMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SmsSettingsResponse } from '../../api/generated/types.gen.ts';
import { toProblem } from '../../api/problem.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Answered } from '../../ui/answered.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QuietHours } from '../../ui/quiet-hours.tsx';
import { Copyable } from '../../ui/shown-once.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';
import { fromMicros } from './money.ts';
import { type CountryPrice, NO_SMS, toSmsDraft, toSmsWish } from './sms-draft.ts';

const NOT_FOUND = 404;

export default function SmsSection() {
  const settings = useQuery(smsSettingsGetOptions());
  // Nothing was set yet: the form stands empty.
  if (settings.isError && toProblem(settings.error).status === NOT_FOUND) return <SmsForm />;
  return <Answered query={settings}>{(found) => <SmsForm settings={found} />}</Answered>;
}

const SmsForm = ({ settings }: { readonly settings?: SmsSettingsResponse }) => {
  const { t } = useTranslation();
  const save = useDeed(smsSettingsReplaceMutation(), { tags: ['Audience'], said: t('common.saved'), inForm: true });
  const form = useFields(settings ? toSmsDraft(settings) : NO_SMS, save.error);
  return (
    <Panel title={t('settings.section.sms')} note={t('settings.sms.what')}>
      {settings?.hasProvider === false && <Alert color="yellow">{t('settings.sms.noProvider')}</Alert>}
      <SubmitForm
        label={t('common.save')}
        action={save}
        fields={Object.keys(form.values)}
        onSubmit={() => save.mutate({ body: toSmsWish(form.values) })}
      >
        <Switch {...form.check('isOn')} label={t('settings.sms.isOn')} description={t('settings.sms.isOnWhat')} />
        <Group grow align="flex-start">
          <TextInput
            {...form.text('sender')}
            label={t('settings.sms.sender')}
            description={t('settings.sms.senderWhat')}
          />
          <TextInput
            {...form.text('registration')}
            label={t('settings.sms.registration')}
            description={t('settings.sms.registrationWhat')}
          />
        </Group>
        <Countries
          countries={form.values.countries}
          currency={form.values.currency}
          onChange={(countries) => form.set({ countries })}
          error={form.fault('countries')}
        />
        <Group grow align="flex-start">
          <TextInput {...form.text('currency')} label={t('settings.sms.currency')} />
          <NumberInput {...form.pick('maxPerBroadcast')} label={t('settings.sms.maxPerBroadcast')} min={0} />
          <NumberInput
            {...form.pick('maxPerDay')}
            label={t('settings.sms.maxPerDay')}
            description={t('settings.sms.spent', {
              amount: fromMicros(settings?.spentTodayMicros ?? 0),
              currency: form.values.currency,
            })}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={0}
          />
        </Group>
        <QuietHours
          label={t('settings.sms.quiet')}
          description={t('settings.sms.quietWhat')}
          fromLabel={t('settings.channels.quietFrom')}
          untilLabel={t('settings.channels.quietUntil')}
          value={form.values}
          onChange={form.set}
          error={form.fault('quietHours')}
        />
      </SubmitForm>
      {settings && (
        <>
          <Text size="sm">{t('settings.sms.inbound')}</Text>
          <Copyable text={settings.inboundUrl} label={t('settings.sms.inboundUrl')} />
        </>
      )}
    </Panel>
  );
};

interface CountriesProps {
  readonly countries: readonly CountryPrice[];
  readonly currency: string;
  readonly onChange: (countries: readonly CountryPrice[]) => void;
  readonly error: string | undefined;
}

const Countries = ({ countries, currency, onChange, error }: CountriesProps) => {
  const { t } = useTranslation();
  const put = (at: number, change: Partial<CountryPrice>): void =>
    onChange(countries.map((one, index) => (index === at ? { ...one, ...change } : one)));
  return (
    <Stack gap="xs" role="group" aria-label={t('settings.sms.countries')}>
      <Text size="sm" fw={500}>
        {t('settings.sms.countries')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('settings.sms.countriesWhat')}
      </Text>
      {countries.map(({ country, price }, index) => (
        // Rows have no name but their place: a country may be typed twice before it is right.
        <Group key={index} wrap="nowrap" align="flex-end">
          <TextInput
            label={t('settings.sms.country')}
            value={country}
            maxLength={2}
            onChange={({ currentTarget }) => put(index, { country: currentTarget.value.toUpperCase() })}
            w={90}
          />
          <NumberInput
            label={t('settings.sms.price', { currency })}
            value={price}
            min={0}
            step={0.001}
            onChange={(next) => put(index, { price: next })}
          />
          <Button
            variant="default"
            aria-label={`${t('common.remove')}: ${country}`}
            onClick={() => onChange(countries.filter((_, at) => at !== index))}
          >
            {t('common.remove')}
          </Button>
        </Group>
      ))}
      {error !== undefined && (
        <Text size="sm" c="red">
          {error}
        </Text>
      )}
      <Group>
        <Button size="xs" variant="default" onClick={() => onChange([...countries, { country: '', price: '' }])}>
          {t('settings.sms.addCountry')}
        </Button>
      </Group>
    </Stack>
  );
};
