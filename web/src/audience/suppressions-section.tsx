import { Alert, Button, Group, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../api/by-cursor.ts';
import {
  suppressionsAddMutation,
  suppressionsFindMutation,
  suppressionsListInfiniteOptions,
  suppressionsRemoveMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { SuppressionDto } from '../api/generated/types.gen.ts';
import { useDeed } from '../api/use-deed.ts';
import { AskButton } from '../ui/ask-button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { ModalButton } from '../ui/modal-button.tsx';
import { Panel } from '../ui/panel.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone } from '../ui/tell.ts';
import { useTimes } from '../ui/times.ts';
import { useFields } from '../ui/use-fields.ts';

const TAGS = ['Audience'];
const REASONS = ['manual', 'unsubscribed', 'bounced', 'complained', 'paused', 'erased'] as const;
/** What a person of the workspace may end; what the subscriber said stays. */
const MAY_END: readonly SuppressionDto['reason'][] = ['manual', 'bounced', 'paused'];
const HASH_SHOWN = 12;

export default function SuppressionsSection() {
  const { t } = useTranslation();
  const [reason, setReason] = useState<SuppressionDto['reason'] | null>(null);
  const list = useInfiniteQuery({
    ...suppressionsListInfiniteOptions({ query: reason ? { reason } : {} }),
    ...BY_CURSOR,
  });
  return (
    <Panel
      title={t('audience.section.suppressions')}
      note={t('audience.suppression.what')}
      actions={
        <>
          <Button size="xs" variant="default" component="a" href="/v1/suppressions/export.csv" download>
            {t('audience.people.export')}
          </Button>
          <ModalButton label={t('audience.suppression.add')} variant="filled">
            {(close) => <AddForm onDone={close} />}
          </ModalButton>
        </>
      }
    >
      <FindForm />
      <Select
        label={t('audience.suppression.reason')}
        placeholder={t('common.all')}
        data={REASONS.map((value) => ({ value, label: t(`audience.suppression.because.${value}`) }))}
        value={reason}
        onChange={setReason}
        clearable
        maw={260}
      />
      <Listed query={list} empty={<EmptyState what={t('audience.suppression.none')} />}>
        {(items) => <Suppressed items={items} />}
      </Listed>
    </Panel>
  );
}

const Suppressed = ({ items }: { readonly items: readonly SuppressionDto[] }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const remove = useDeed(suppressionsRemoveMutation(), { tags: TAGS, said: t('audience.suppression.ended') });
  return (
    <DataTable
      label={t('audience.section.suppressions')}
      rows={items}
      keyOf={({ channel, addressHmac }) => `${channel} ${addressHmac}`}
      columns={[
        {
          name: 'address',
          title: t('audience.suppression.address'),
          cell: ({ address, addressHmac }) => address ?? <code>{addressHmac.slice(0, HASH_SHOWN)}…</code>,
        },
        {
          name: 'channel',
          title: t('audience.suppression.channel'),
          cell: ({ channel }) => t(`audience.suppression.by.${channel}`),
        },
        {
          name: 'reason',
          title: t('audience.suppression.reason'),
          cell: ({ reason, note }) => [t(`audience.suppression.because.${reason}`), note].filter(Boolean).join(': '),
        },
        { name: 'at', title: t('audience.recipients.at'), cell: ({ at }) => moment(at) },
        {
          name: 'end',
          title: '',
          align: 'end',
          cell: ({ channel, addressHmac, reason, address }) =>
            MAY_END.includes(reason) ? (
              <AskButton
                label={t('audience.suppression.end')}
                {...(address === undefined ? {} : { of: address })}
                title={t('audience.suppression.endTitle')}
                text={t('audience.suppression.endText')}
                yes={t('audience.suppression.end')}
                onYes={() => remove.mutate({ path: { channel, addressHmac } })}
              />
            ) : null,
        },
      ]}
    />
  );
};

type Channel = SuppressionDto['channel'];

const FindForm = () => {
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

const AddForm = ({ onDone }: { readonly onDone: () => void }) => {
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
