import { Badge, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiKeysRevokeMutation, apiKeysListInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { ApiKeyDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { useTimes } from '../../ui/times.ts';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import { isDead } from './key-expiry.ts';
import { ToNewKey, NewKey } from './new-key.tsx';

const TAGS = ['API keys'];

export default function KeysSection() {
  const [secret, setSecret] = useState<string>();
  const { t } = useTranslation();
  return (
    <Stack>
      {secret !== undefined && <ShownOnce label={t('settings.keys.secret')} secret={secret} />}
      <Keys />
      <NewKey onKey={setSecret} />
    </Stack>
  );
}

const Keys = () => {
  const { t } = useTranslation();
  const { day } = useTimes();
  const [openedAt] = useState(() => Date.now());
  const keys = useInfiniteQuery({ ...apiKeysListInfiniteOptions(), ...BY_CURSOR });
  const revoke = useDeed(apiKeysRevokeMutation(), { tags: TAGS, said: t('settings.keys.revoked') });
  return (
    <Panel title={t('settings.section.keys')} note={t('settings.keys.what')}>
      <Listed query={keys} empty={<EmptyState what={t('settings.keys.none')} next={<ToNewKey />} />}>
        {(items) => (
          <DataTable<ApiKeyDto>
            label={t('settings.section.keys')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { name: 'name', title: t('common.name'), cell: ({ name }) => name },
              { name: 'prefix', title: t('settings.keys.prefix'), cell: ({ prefix }) => <code>{prefix}</code> },
              {
                name: 'scopes',
                title: t('settings.keys.scopes'),
                cell: ({ scopes }) => (
                  <Group gap={4}>
                    {scopes.map((scope) => (
                      <Badge key={scope} variant="default" tt="none">
                        {scope}
                      </Badge>
                    ))}
                  </Group>
                ),
              },
              {
                name: 'expires',
                title: t('settings.keys.expires'),
                cell: ({ expiresAt }) => (expiresAt ? day(expiresAt) : t('common.never')),
              },
              {
                name: 'revoke',
                title: '',
                align: 'end',
                cell: (key) =>
                  isDead(key, openedAt) ? (
                    <Text size="sm" c="dimmed">
                      {key.revokedAt ? t('settings.keys.dead') : t('settings.keys.expired')}
                    </Text>
                  ) : (
                    <AskButton
                      label={t('settings.keys.revoke')}
                      of={key.name}
                      title={t('settings.keys.revokeTitle', { name: key.name })}
                      text={t('settings.keys.revokeText')}
                      yes={t('settings.keys.revoke')}
                      onYes={() => revoke.mutate({ path: { id: key.id } })}
                    />
                  ),
              },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};
