import { Alert, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { suppressionsFindMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SuppressionDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';

type Channel = SuppressionDto['channel'];

/** Whether one address is suppressed. */
export const FindForm = () => {
  const { t } = useTranslation();
  const find = useDeed(suppressionsFindMutation(), { tags: [], inForm: true });
  const form = useFields<{ address: string; channel: Channel }>({ address: '', channel: 'email' }, find.error);
  return (
    <SubmitForm
      label={t('audience.suppression.ask')}
      action={find}
      fields={['address']}
      onSubmit={() => find.mutate({ body: { ...form.values, address: form.values.address.trim() } })}
    >
      <Group align="flex-end">
        <TextInput {...form.text('address')} type="search" label={t('audience.suppression.askWhat')} flex={1} />
        <SegmentedControl
          aria-label={t('audience.suppression.channel')}
          data={(['email', 'sms'] as const).map((value) => ({ value, label: t(`audience.suppression.by.${value}`) }))}
          value={form.values.channel}
          onChange={(channel) => form.set({ channel })}
        />
      </Group>
      {find.data && (
        <Alert color="yellow" role="status">
          {t(`audience.suppression.because.${find.data.reason}`)}
        </Alert>
      )}
    </SubmitForm>
  );
};
