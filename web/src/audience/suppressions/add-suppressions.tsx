import { SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { suppressionsAddMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SuppressionDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { tellDone } from '../../ui/tell.ts';
import { useFields } from '../../ui/use-fields.ts';

const TAGS = ['Audience'];

type Channel = SuppressionDto['channel'];

/** Many addresses at once. */
export const AddForm = ({ onDone }: { readonly onDone: () => void }) => {
  const { t } = useTranslation();
  const add = useDeed(suppressionsAddMutation(), {
    tags: TAGS,
    inForm: true,
    onDone: ({ items }) => {
      const bad = items.filter(({ verdict }) => verdict === 'bad_address').length;
      tellDone(t('audience.suppression.added', { count: items.length - bad, bad }));
      onDone();
    },
  });
  const form = useFields<{ addresses: string; note: string; channel: Channel }>(
    { addresses: '', note: '', channel: 'email' },
    add.error,
  );
  const { addresses, note, channel } = form.values;
  const wanted = addresses.split(/[\s,;]+/).filter((address) => address !== '');
  const send = (): void =>
    add.mutate({
      body: {
        suppressions: wanted.map((address) => ({
          channel,
          address,
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        })),
      },
    });
  return (
    <SubmitForm label={t('audience.suppression.add')} action={add} disabled={wanted.length === 0} onSubmit={send}>
      <Stack>
        <SegmentedControl
          aria-label={t('audience.suppression.channel')}
          data={(['email', 'sms'] as const).map((value) => ({ value, label: t(`audience.suppression.by.${value}`) }))}
          value={channel}
          onChange={(next) => form.set({ channel: next })}
        />
        <Textarea
          {...form.text('addresses')}
          label={t('audience.suppression.addresses')}
          description={t('audience.suppression.addressesWhat')}
          autosize
          minRows={4}
          maxRows={12}
          required
        />
        <TextInput {...form.text('note')} label={t('audience.suppression.note')} />
        <Text size="sm">{t('audience.suppression.count', { count: wanted.length })}</Text>
      </Stack>
    </SubmitForm>
  );
};
