import { Badge, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { itemsOf, BY_CURSOR } from '../../api/by-cursor.ts';
import type { NotificationChannelDto } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import {
  notificationChannelsListInfiniteOptions,
  webhooksListInfiniteOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import { ChannelForm } from './channel-form.tsx';
import { Deeds } from './channel-deeds.tsx';

const COLORS = { unverified: 'yellow', active: 'teal', failing: 'orange', disabled: 'gray' } as const;

export default function ChannelsSection() {
  const { t } = useTranslation();
  const channels = useInfiniteQuery({ ...notificationChannelsListInfiniteOptions(), ...BY_CURSOR });
  const destinationOf = useDestinations();
  const create = (
    <ModalButton label={t('settings.channels.create')} variant="filled">
      {(close) => <ChannelForm onDone={close} />}
    </ModalButton>
  );
  return (
    <Panel title={t('settings.section.notifications')} note={t('settings.channels.what')} actions={create}>
      <Listed query={channels} empty={<EmptyState what={t('settings.channels.none')} next={create} />}>
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
                cell: (channel) => `${t(`settings.channels.kind.${channel.kind}`)}: ${destinationOf(channel)}`,
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

/** Where a channel leads; one of our webhooks by its address, where the server says its id. */
const useDestinations = () => {
  const webhooks = useInfiniteQuery({ ...webhooksListInfiniteOptions(), ...BY_CURSOR });
  return ({ destination, webhookId }: NotificationChannelDto): string =>
    itemsOf(webhooks.data).find(({ id }) => id === webhookId)?.url ?? destination;
};

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
