import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  webhookDeliveriesTestMutation,
  webhooksChangeMutation,
  webhooksDeleteMutation,
  webhooksRotateMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { WebhookDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { WebhookForm } from './webhook-form.tsx';
import type { OnSecret } from './new-webhook.tsx';

const TAGS = ['Webhooks'];

/** So long both secrets sign after a rotation: a day to change the receiver. */
const OVERLAP_SECONDS = 86_400;

/** What is done to a webhook: tried, changed, switched, given a new secret, removed. */
export const Deeds = ({ webhook, onSecret }: { readonly webhook: WebhookDto; readonly onSecret: OnSecret }) => {
  const { t } = useTranslation();
  const { id, url, description, events, status } = webhook;
  const path = { id };
  const test = useDeed(webhookDeliveriesTestMutation(), { tags: TAGS, said: t('settings.webhooks.tested') });
  const change = useDeed(webhooksChangeMutation(), { tags: TAGS, said: t('common.saved'), inForm: true });
  const toggle = useDeed(webhooksChangeMutation(), { tags: TAGS, said: t('common.saved') });
  const rotate = useDeed(webhooksRotateMutation(), { tags: TAGS, onDone: ({ secret }) => onSecret(secret) });
  const remove = useDeed(webhooksDeleteMutation(), { tags: TAGS, said: t('settings.webhooks.removed') });
  return (
    <Group gap="xs" justify="flex-end">
      <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate({ path })}>
        {t('settings.webhooks.test')}
      </Button>
      <ModalButton label={t('common.edit')} aria-label={`${t('common.edit')}: ${url}`}>
        {(close) => (
          <WebhookForm
            label={t('common.save')}
            action={change}
            initial={{ url, description, events: [...events] }}
            onSubmit={(body) => change.mutate({ path, body }, { onSuccess: close })}
          />
        )}
      </ModalButton>
      <Button
        size="xs"
        variant="default"
        onClick={() => toggle.mutate({ path, body: { enabled: status === 'disabled' } })}
      >
        {status === 'disabled' ? t('settings.webhooks.on') : t('settings.webhooks.off')}
      </Button>
      <AskButton
        label={t('settings.webhooks.rotate')}
        title={t('settings.webhooks.rotateTitle')}
        text={t('settings.webhooks.rotateText')}
        yes={t('settings.webhooks.rotate')}
        onYes={() => rotate.mutate({ path, body: { overlapSeconds: OVERLAP_SECONDS } })}
      />
      <AskButton
        label={t('common.remove')}
        of={url}
        title={t('settings.webhooks.removeTitle')}
        text={t('settings.webhooks.removeText', { url })}
        yes={t('common.remove')}
        onYes={() => remove.mutate({ path })}
      />
    </Group>
  );
};
