import { Badge, Checkbox, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  apiKeysCreateMutation,
  apiKeysListInfiniteOptions,
  apiKeysRevokeMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { ApiKeyDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useTimes } from '../../ui/times.ts';
import { useFields } from '../../ui/use-fields.ts';
import { type ExpiresIn, expiryAfter, isDead } from './key-expiry.ts';
import { KEY_SCOPES } from './key-scopes.ts';

const TAGS = ['API keys'];
const expiryFromNow = (expires: ExpiresIn): string | undefined => expiryAfter(expires, Date.now());

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
      <Listed query={keys} empty={<EmptyState what={t('settings.keys.none')} />}>
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

interface KeyWish {
  readonly name: string;
  readonly scopes: string[];
  readonly expires: ExpiresIn;
}

const NewKey = ({ onKey }: { readonly onKey: (key: string | undefined) => void }) => {
  const { t } = useTranslation();
  const create = useDeed(apiKeysCreateMutation(), {
    tags: TAGS,
    inForm: true,
    onDone: ({ key }) => {
      onKey(key);
      form.set({ name: '', scopes: [] });
      window.scrollTo({ top: 0 });
    },
  });
  const form = useFields<KeyWish>({ name: '', scopes: [], expires: '365' }, create.error);
  const send = (): void => {
    const { name, scopes, expires } = form.values;
    const expiresAt = expiryFromNow(expires);
    create.mutate({
      body: {
        name,
        scopes: KEY_SCOPES.filter((scope) => scopes.includes(scope)),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      },
    });
  };
  return (
    <Panel title={t('settings.keys.create')}>
      <SubmitForm label={t('settings.keys.createYes')} action={create} fields={['name', 'scopes']} onSubmit={send}>
        <TextInput {...form.text('name')} label={t('common.name')} description={t('settings.keys.nameWhat')} required />
        <Checkbox.Group
          value={form.values.scopes}
          onChange={(scopes) => form.set({ scopes })}
          label={t('settings.keys.scopes')}
          description={t('settings.keys.scopesWhat')}
          error={form.fault('scopes')}
          required
        >
          <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} mt="xs" spacing="xs">
            {KEY_SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Select
          label={t('settings.keys.expires')}
          data={(['30', '90', '365', 'never'] as const).map((value) => ({
            value,
            label: value === 'never' ? t('common.never') : t('settings.keys.inDays', { count: Number(value) }),
          }))}
          value={form.values.expires}
          allowDeselect={false}
          onChange={(expires) => expires && form.set({ expires })}
          maw={260}
        />
      </SubmitForm>
    </Panel>
  );
};
