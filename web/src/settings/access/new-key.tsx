import { Button, Checkbox, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { apiKeysCreateMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Panel } from '../../ui/panel.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';
import { type ExpiresIn, expiryAfter } from './key-expiry.ts';
import { KEY_SCOPES } from './key-scopes.ts';

const TAGS = ['API keys'];

const expiryFromNow = (expires: ExpiresIn): string | undefined => expiryAfter(expires, Date.now());

const NAME_OF_NEW = 'new-key-name';

/** The form stands below the list. */
export const ToNewKey = () => {
  const { t } = useTranslation();
  return <Button onClick={() => document.getElementById(NAME_OF_NEW)?.focus()}>{t('settings.keys.create')}</Button>;
};

interface KeyWish {
  readonly name: string;
  readonly scopes: string[];
  readonly expires: ExpiresIn;
}

/** A key with no more scopes than its program needs. */
export const NewKey = ({ onKey }: { readonly onKey: (key: string | undefined) => void }) => {
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
        <TextInput
          {...form.text('name')}
          id={NAME_OF_NEW}
          label={t('common.name')}
          description={t('settings.keys.nameWhat')}
          required
        />
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
