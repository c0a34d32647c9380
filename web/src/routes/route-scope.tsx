import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountDto } from '../api/generated/types.gen.ts';
import { PLATFORM_OPTIONS } from '../ui/platforms.ts';
import type { useFields } from '../ui/use-fields.ts';
import { PostPicker } from './post-picker.tsx';
import type { RouteDraft } from './route-draft.ts';

interface RouteScopeProps {
  readonly form: ReturnType<typeof useFields<RouteDraft>>;
  readonly accounts: readonly AccountDto[];
}

const SCOPES = ['workspace', 'platform', 'account', 'tag', 'post'] as const;

/** Whose posts a new route is for; it cannot be changed later. */
export const RouteScope = ({ form, accounts }: RouteScopeProps) => {
  const { t } = useTranslation();
  const { scope, scopeId } = form.values;
  const places = {
    platform: PLATFORM_OPTIONS,
    account: accounts.map(({ id, displayName }) => ({ value: id, label: displayName })),
  };
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label={t('routes.field.scope')}
        data={SCOPES.map((value) => ({ value, label: t(`routes.scope.${value}`) }))}
        allowDeselect={false}
        value={scope}
        onChange={(value) => value && form.set({ scope: value, scopeId: '' })}
      />
      {(scope === 'platform' || scope === 'account') && (
        <Select
          label={t(`routes.scope.${scope}`)}
          data={places[scope]}
          searchable
          value={scopeId || null}
          onChange={(value) => form.set({ scopeId: value ?? '' })}
          error={form.fault('scopeId')}
        />
      )}
      {scope === 'tag' && <TextInput label={t('routes.field.tagId')} {...form.text('scopeId')} />}
      {scope === 'post' && (
        <PostPicker value={scopeId} onChange={(id) => form.set({ scopeId: id })} error={form.fault('scopeId')} />
      )}
      {scope !== 'platform' && scope !== 'account' && (
        <Select
          label={t('routes.field.platform')}
          data={[{ value: '*', label: t('routes.anyPlatform') }, ...PLATFORM_OPTIONS]}
          allowDeselect={false}
          value={form.values.platform}
          onChange={(value) => value && form.set({ platform: value })}
        />
      )}
    </SimpleGrid>
  );
};
