import { Anchor, Select, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import { broadcastSendingListInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { RecipientResponse } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTimes } from '../../ui/times.ts';

const STATES = ['pending', 'claimed', 'handed', 'accepted', 'deferred', 'failed', 'unknown', 'suppressed'] as const;

/** One row per person, with what the receiving server said. */
export const Recipients = ({ broadcastId }: { readonly broadcastId: string }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const [state, setState] = useState<RecipientResponse['state'] | null>(null);
  const recipients = useInfiniteQuery({
    ...broadcastSendingListInfiniteOptions({ path: { id: broadcastId }, query: state ? { state } : {} }),
    ...BY_CURSOR,
  });
  return (
    <Panel
      title={t('audience.recipients.title')}
      actions={
        <Select
          size="xs"
          aria-label={t('common.status')}
          placeholder={t('common.all')}
          data={STATES.map((value) => ({ value, label: t(`audience.fate.${value}`) }))}
          value={state}
          onChange={setState}
          clearable
        />
      }
    >
      <Listed query={recipients} empty={<EmptyState what={t('audience.recipients.none')} />}>
        {(items) => (
          <DataTable<RecipientResponse>
            label={t('audience.recipients.title')}
            rows={items}
            keyOf={({ subscriberId }) => subscriberId}
            columns={[
              {
                name: 'email',
                title: t('access.email'),
                cell: ({ subscriberId, email }) => (
                  <Anchor component={Link} to={`/audience/subscribers/${subscriberId}`} size="sm">
                    {email ?? t('audience.erased')}
                  </Anchor>
                ),
              },
              { name: 'state', title: t('common.status'), cell: ({ state: fate }) => t(`audience.fate.${fate}`) },
              {
                name: 'reply',
                title: t('audience.recipients.reply'),
                cell: ({ reply }) => <Text size="sm">{reply ?? ''}</Text>,
              },
              { name: 'at', title: t('audience.recipients.at'), cell: ({ updatedAt }) => moment(updatedAt) },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};
