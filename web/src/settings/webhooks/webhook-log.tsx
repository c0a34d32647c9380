import { Anchor, Badge, Button, Code, Group, Select, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  webhookDeliveriesListInfiniteOptions,
  webhookDeliveriesReadOptions,
  webhookDeliveriesReplayMutation,
  webhooksReadOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { DeliveryDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Answered } from '../../ui/answered.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTimes } from '../../ui/times.ts';

const COLORS = { waiting: 'blue', delivered: 'teal', failed: 'red' } as const;
const STATES = ['waiting', 'delivered', 'failed'] as const;

/** What was sent to one webhook, and what came of it. */
export const WebhookLog = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [state, setState] = useState<DeliveryDto['state'] | null>(null);
  const webhook = useQuery(webhooksReadOptions({ path: { id } }));
  const deliveries = useInfiniteQuery({
    ...webhookDeliveriesListInfiniteOptions({ path: { id }, query: state ? { state } : {} }),
    ...BY_CURSOR,
  });
  return (
    <Panel
      title={t('settings.webhooks.log')}
      note={webhook.data?.url}
      actions={
        <Anchor component={Link} to="/settings/webhooks" size="sm">
          {t('common.back')}
        </Anchor>
      }
    >
      <Select
        aria-label={t('common.status')}
        placeholder={t('common.all')}
        data={STATES.map((value) => ({ value, label: t(`settings.webhooks.state.${value}`) }))}
        value={state}
        onChange={setState}
        clearable
        maw={220}
      />
      <Listed query={deliveries} empty={<EmptyState what={t('settings.webhooks.noDeliveries')} />}>
        {(items) => <Deliveries webhookId={id} items={items} />}
      </Listed>
    </Panel>
  );
};

const Deliveries = ({ webhookId, items }: { readonly webhookId: string; readonly items: readonly DeliveryDto[] }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const replay = useDeed(webhookDeliveriesReplayMutation(), {
    tags: ['Webhooks'],
    said: t('settings.webhooks.replayed'),
  });
  return (
    <DataTable
      label={t('settings.webhooks.log')}
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        { name: 'type', title: t('settings.webhooks.type'), cell: ({ type }) => <code>{type}</code> },
        {
          name: 'state',
          title: t('common.status'),
          cell: ({ state }) => <Badge color={COLORS[state]}>{t(`settings.webhooks.state.${state}`)}</Badge>,
        },
        {
          name: 'answer',
          title: t('settings.webhooks.answer'),
          cell: ({ statusCode, error, durationMs }) => (
            <Text size="sm">
              {[statusCode, durationMs === undefined ? undefined : `${durationMs} ms`, error]
                .filter(Boolean)
                .join(', ')}
            </Text>
          ),
        },
        { name: 'tries', title: t('settings.webhooks.tries'), align: 'end', cell: ({ tries }) => tries },
        { name: 'at', title: t('common.created'), cell: ({ createdAt }) => moment(createdAt) },
        {
          name: 'do',
          title: '',
          align: 'end',
          cell: ({ id, messageId }) => (
            <Group gap="xs" justify="flex-end" wrap="nowrap">
              <ModalButton label={t('settings.webhooks.body')} width="xl">
                {() => <DeliveryBody webhookId={webhookId} deliveryId={id} />}
              </ModalButton>
              <Button
                size="xs"
                variant="default"
                aria-label={`${t('settings.webhooks.replay')}: ${messageId}`}
                onClick={() => replay.mutate({ path: { id: webhookId, deliveryId: id } })}
              >
                {t('settings.webhooks.replay')}
              </Button>
            </Group>
          ),
        },
      ]}
    />
  );
};

const DeliveryBody = ({ webhookId, deliveryId }: { readonly webhookId: string; readonly deliveryId: string }) => {
  const delivery = useQuery(webhookDeliveriesReadOptions({ path: { id: webhookId, deliveryId } }));
  return (
    <Answered query={delivery}>
      {({ messageId, body }) => (
        <Stack>
          <Text size="sm">
            webhook-id: <code>{messageId}</code>
          </Text>
          <Code block>{body}</Code>
        </Stack>
      )}
    </Answered>
  );
};
