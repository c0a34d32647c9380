import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  webhookDeliveriesTestMutation,
  webhooksChangeMutation,
  webhooksCreateMutation,
  webhooksDeleteMutation,
  webhooksListInfiniteOptions,
  webhooksRotateMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { WebhookDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { useSession } from '../../access/session.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { WebhookForm } from './webhook-form.tsx';

const TAGS = ['Webhooks'];
/** So long both secrets sign after a rotation: a day to change the receiver. */
const OVERLAP_SECONDS = 86_400;

type OnSecret = (secret: string | undefined) => void;

export const Webhooks = ({ onSecret }: { readonly onSecret: OnSecret }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const webhooks = useInfiniteQuery({ ...webhooksListInfiniteOptions(), ...BY_CURSOR });
  const create = <NewWebhook onSecret={onSecret} />;
  return (
    <Panel
      title={t('settings.section.webhooks')}
      note={t('settings.webhooks.what')}
      actions={may('webhooks:write') && create}
    >
      <Listed query={webhooks} empty={<EmptyState what={t('settings.webhooks.none')} />}>
        {(items) => (
          <DataTable<WebhookDto>
            label={t('settings.section.webhooks')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'url',
                title: t('settings.webhooks.url'),
                cell: ({ id, url, description }) => (
                  <>
                    <Anchor component={Link} to={id} size="sm" style={{ overflowWrap: 'anywhere' }}>
                      {url}
                    </Anchor>
                    <Text size="xs" c="dimmed">
                      {description}
                    </Text>
                  </>
                ),
              },
              {
                name: 'events',
                title: t('settings.webhooks.events'),
                cell: ({ events }) =>
                  events.length === 0 ? t('common.all') : t('settings.webhooks.eventCount', { count: events.length }),
              },
              { name: 'status', title: t('common.status'), cell: (webhook) => <WebhookState webhook={webhook} /> },
              {
                name: 'do',
                title: '',
                align: 'end',
                cell: (webhook) => may('webhooks:write') && <Deeds webhook={webhook} onSecret={onSecret} />,
              },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};

const WebhookState = ({ webhook }: { readonly webhook: WebhookDto }) => {
  const { t } = useTranslation();
  if (webhook.status === 'disabled')
    return <Badge color="gray">{t(`settings.webhooks.disabled.${webhook.disabledReason ?? 'person'}`)}</Badge>;
  if (webhook.failingSince) return <Badge color="orange">{t('settings.webhooks.failing')}</Badge>;
  return <Badge color="teal">{t('common.on')}</Badge>;
};

const NewWebhook = ({ onSecret }: { readonly onSecret: OnSecret }) => {
  const { t } = useTranslation();
  const create = useDeed(webhooksCreateMutation(), { tags: TAGS, inForm: true });
  return (
    <ModalButton label={t('settings.webhooks.create')} variant="filled">
      {(close) => (
        <WebhookForm
          label={t('settings.webhooks.createYes')}
          action={create}
          onSubmit={(body) =>
            create.mutate(
              { body },
              {
                onSuccess: ({ secret }) => {
                  onSecret(secret);
                  close();
                },
              },
            )
          }
        />
      )}
    </ModalButton>
  );
};

const Deeds = ({ webhook, onSecret }: { readonly webhook: WebhookDto; readonly onSecret: OnSecret }) => {
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
      <ModalButton label={t('common.edit')}>
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
