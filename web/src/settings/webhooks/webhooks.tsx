import { Anchor, Badge, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WebhookDto } from '../../api/generated/types.gen.ts';
import { useSession } from '../../access/session.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import { webhooksListInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { Deeds } from './webhook-deeds.tsx';
import { type OnSecret, NewWebhook } from './new-webhook.tsx';

export const Webhooks = ({ onSecret }: { readonly onSecret: OnSecret }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const webhooks = useInfiniteQuery({ ...webhooksListInfiniteOptions(), ...BY_CURSOR });
  const create = may('webhooks:write') && <NewWebhook onSecret={onSecret} />;
  return (
    <Panel title={t('settings.section.webhooks')} note={t('settings.webhooks.what')} actions={create}>
      <Listed query={webhooks} empty={<EmptyState what={t('settings.webhooks.none')} next={create} />}>
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
