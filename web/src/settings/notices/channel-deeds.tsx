import { Button, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  notificationChannelsChangeMutation,
  notificationChannelsDeleteMutation,
  notificationChecksConfirmMutation,
  notificationChecksSendCodeMutation,
  notificationChecksTestMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { NotificationChannelDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { tellDone, tellProblem } from '../../ui/tell.ts';
import { useFields } from '../../ui/use-fields.ts';
import { ChannelForm } from './channel-form.tsx';

const TAGS = ['Notifications'];

/** What is done to a channel: proved, tried, switched, changed, removed. */
export const Deeds = ({ channel }: { readonly channel: NotificationChannelDto }) => {
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
