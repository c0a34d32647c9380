import { Badge, Button, Group, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  notificationChannelsChangeMutation,
  notificationChannelsDeleteMutation,
  notificationChannelsListInfiniteOptions,
  notificationChecksConfirmMutation,
  notificationChecksSendCodeMutation,
  notificationChecksTestMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { NotificationChannelDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { tellDone, tellProblem } from '../../ui/tell.ts';
import { useFields } from '../../ui/use-fields.ts';
import { ChannelForm } from './channel-form.tsx';

const TAGS = ['Notifications'];
const COLORS = { unverified: 'yellow', active: 'teal', failing: 'orange', disabled: 'gray' } as const;

export default function ChannelsSection() {
  const { t } = useTranslation();
  const channels = useInfiniteQuery({ ...notificationChannelsListInfiniteOptions(), ...BY_CURSOR });
  return (
    <Panel
      title={t('settings.section.notifications')}
      note={t('settings.channels.what')}
      actions={
        <ModalButton label={t('settings.channels.create')} variant="filled">
          {(close) => <ChannelForm onDone={close} />}
        </ModalButton>
      }
    >
      <Listed query={channels} empty={<EmptyState what={t('settings.channels.none')} />}>
        {(items) => (
          <DataTable<NotificationChannelDto>
            label={t('settings.section.notifications')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { name: 'name', title: t('common.name'), cell: ({ name }) => name },
              {
                name: 'to',
                title: t('settings.channels.to'),
                cell: ({ kind, destination }) => `${t(`settings.channels.kind.${kind}`)}: ${destination}`,
              },
              { name: 'status', title: t('common.status'), cell: (channel) => <ChannelState channel={channel} /> },
              {
                name: 'quiet',
                title: t('settings.channels.quiet'),
                cell: ({ quietHours }) =>
                  quietHours ? `${quietHours.from} – ${quietHours.to} (${quietHours.zone})` : t('common.none'),
              },
              { name: 'do', title: '', align: 'end', cell: (channel) => <Deeds channel={channel} /> },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
}

const ChannelState = ({ channel }: { readonly channel: NotificationChannelDto }) => {
  const { t } = useTranslation();
  const { status, lastError } = channel;
  return (
    <>
      <Badge color={COLORS[status]}>{t(`settings.channels.status.${status}`)}</Badge>
      {lastError && (
        <Text size="xs" c="dimmed">
          {lastError}
        </Text>
      )}
    </>
  );
};

const Deeds = ({ channel }: { readonly channel: NotificationChannelDto }) => {
  const { t } = useTranslation();
  const { id, name, status } = channel;
  const path = { id };
  const test = useDeed(notificationChecksTestMutation(), {
    tags: TAGS,
    onDone: ({ state, detail }) =>
      state === 'delivered' ? tellDone(detail) : tellProblem({ code: state, status: 200, detail }),
  });
  const change = useDeed(notificationChannelsChangeMutation(), { tags: TAGS, said: t('common.saved') });
  const remove = useDeed(notificationChannelsDeleteMutation(), { tags: TAGS, said: t('settings.channels.removed') });
  return (
    <Group gap="xs" justify="flex-end">
      {status === 'unverified' ? (
        <ModalButton label={t('settings.channels.verify')} variant="filled">
          {(close) => <VerifyForm channel={channel} onDone={close} />}
        </ModalButton>
      ) : (
        <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate({ path })}>
          {t('settings.channels.test')}
        </Button>
      )}
      {status !== 'unverified' && (
        <Button
          size="xs"
          variant="default"
          onClick={() => change.mutate({ path, body: { enabled: status === 'disabled' } })}
        >
          {status === 'disabled' ? t('settings.webhooks.on') : t('settings.webhooks.off')}
        </Button>
      )}
      <ModalButton
        label={t('common.edit')}
        title={`${t('common.edit')}: ${name}`}
        aria-label={`${t('common.edit')}: ${name}`}
      >
        {(close) => <ChannelForm channel={channel} onDone={close} />}
      </ModalButton>
      <AskButton
        label={t('common.remove')}
        of={name}
        title={t('settings.channels.removeTitle', { name })}
        text={t('settings.channels.removeText')}
        yes={t('common.remove')}
        onYes={() => remove.mutate({ path })}
      />
    </Group>
  );
};

interface VerifyFormProps {
  readonly channel: NotificationChannelDto;
  readonly onDone: () => void;
}

const VerifyForm = ({ channel, onDone }: VerifyFormProps) => {
  const { t } = useTranslation();
  const path = { id: channel.id };
  const verify = useDeed(notificationChecksConfirmMutation(), {
    tags: TAGS,
    said: t('settings.channels.verified'),
    onDone,
    inForm: true,
  });
  const again = useDeed(notificationChecksSendCodeMutation(), {
    tags: [],
    onDone: ({ state, detail }) =>
      state === 'sent' ? tellDone(t('settings.channels.codeSent')) : tellProblem({ code: state, status: 200, detail }),
  });
  const form = useFields({ code: '' }, verify.error);
  return (
    <SubmitForm
      label={t('settings.channels.verify')}
      action={verify}
      fields={['code']}
      onSubmit={() => verify.mutate({ path, body: { code: form.values.code.trim() } })}
      aside={
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate({ path })}>
          {t('settings.channels.codeAgain')}
        </Button>
      }
    >
      <TextInput
        {...form.text('code')}
        label={t('settings.channels.code', { to: channel.destination })}
        autoComplete="one-time-code"
        data-autofocus
        required
      />
    </SubmitForm>
  );
};
