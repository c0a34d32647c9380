import { Button, PasswordInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountConnectionsConnect, accountConnectionsReconnect } from '../api/generated/sdk.gen.ts';
import type { AccountDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { PLATFORM_OPTIONS, type PlatformName } from '../ui/platforms.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone } from '../ui/tell.ts';
import { useFields } from '../ui/use-fields.ts';
import { CONNECT_WAYS, type ConnectWay, type CredentialField, credentialsOf, wayName } from './connect-kinds.ts';
import { ConsentForm } from './consent-form.tsx';

interface ConnectFormProps {
  /** The account to connect again; absent: a new one. */
  readonly account?: AccountDto | undefined;
  /** The platform to begin with. */
  readonly first?: PlatformName;
  readonly onDone: () => void;
}

/** Connects an account: by the platform's page, by what it gave one, or as one that a person posts to. */
export const ConnectForm = ({ account, first = 'tiktok', onDone }: ConnectFormProps) => {
  const { t } = useTranslation();
  const [platform, setPlatform] = useState<PlatformName>(account?.platform ?? first);
  const [name, setName] = useState<string>();
  const ways = CONNECT_WAYS[platform];
  const way = ways.find((one) => wayName(one) === name) ?? ways[0];
  if (!way) return null;
  return (
    <Stack>
      {!account && (
        <Select
          label={t('routes.platform')}
          data={PLATFORM_OPTIONS}
          allowDeselect={false}
          value={platform}
          onChange={(value) => value && setPlatform(value)}
        />
      )}
      {ways.length > 1 && (
        <SegmentedControl
          aria-label={t('accounts.how')}
          orientation="vertical"
          fullWidth
          data={ways.map((one) => ({ value: wayName(one), label: t(`accounts.way.${wayName(one)}`) }))}
          value={wayName(way)}
          onChange={setName}
        />
      )}
      <Text size="sm" c="dimmed">
        {t(`accounts.wayWhat.${wayName(way)}`)}
      </Text>
      {way.kind === 'consent' ? (
        <ConsentForm key={platform} platform={platform} options={way.options ?? []} accountId={account?.id} />
      ) : (
        <CredentialsForm
          key={`${platform} ${wayName(way)}`}
          platform={platform}
          way={way}
          account={account}
          onDone={onDone}
        />
      )}
    </Stack>
  );
};

interface CredentialsFormProps extends ConnectFormProps {
  readonly platform: PlatformName;
  readonly way: Exclude<ConnectWay, { readonly kind: 'consent' }>;
}

const CredentialsForm = ({ platform, way, account, onDone }: CredentialsFormProps) => {
  const { t } = useTranslation();
  const connect = useMutation({
    mutationFn: async (typed: Record<string, string>) => {
      const credentials = credentialsOf(way, typed);
      if (account) return accountConnectionsReconnect({ path: { id: account.id }, body: { credentials } });
      return accountConnectionsConnect({ body: { platform, credentials } });
    },
    onSuccess: ({ data }) => {
      tellDone(t('accounts.connected', { name: data.displayName }));
      void refreshTags(['Accounts', 'Now', 'Readiness']);
      onDone();
    },
  });
  const form = useFields<Record<string, string>>({}, connect.error);
  const names = way.fields.map(({ name }) => `credentials.${name}`);
  const props = ({ name, isOptional = false }: CredentialField) => ({
    label: t(`accounts.credential.${name}`),
    required: !isOptional,
    autoComplete: 'off',
    value: form.values[name] ?? '',
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      form.set({ [name]: currentTarget.value }),
    error: form.fault(`credentials.${name}`),
  });
  return (
    <SubmitForm
      label={t(account ? 'now.reconnect' : 'accounts.connect')}
      action={connect}
      onSubmit={() => connect.mutate(form.values)}
      fields={names}
    >
      {way.fields.map((field) =>
        field.isSecret ? (
          <PasswordInput key={field.name} {...props(field)} />
        ) : (
          <TextInput key={field.name} {...props(field)} />
        ),
      )}
    </SubmitForm>
  );
};

export const ConnectButton = ({ onClick }: { readonly onClick: () => void }) => {
  const { t } = useTranslation();
  return <Button onClick={onClick}>{t('accounts.connect')}</Button>;
};
