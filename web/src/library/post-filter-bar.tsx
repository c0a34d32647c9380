import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tagsListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { POST_KINDS, POST_STATUSES, type PostFilters } from './post-filters.ts';

const SEARCH_AFTER_MS = 300;
const MANY = 100;

interface PostFilterBarProps {
  readonly filters: PostFilters;
  readonly onChange: (filters: PostFilters) => void;
}

/** Words, tag, kind and state; what is chosen stands in the address. */
export const PostFilterBar = ({ filters, onChange }: PostFilterBarProps) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(filters.q ?? '');
  const [sought, setSought] = useState(filters.q);
  // Taken back elsewhere: the field says so, too. While one types, the field knows better than the address.
  if (sought !== filters.q) {
    setSought(filters.q);
    if (filters.q === undefined) setTyped('');
  }
  const search = useDebouncedCallback((q: string) => onChange({ ...filters, q }), SEARCH_AFTER_MS);
  const tags = useQuery(tagsListOptions({ query: { limit: MANY } })).data?.items ?? [];
  const any = { value: '', label: t('library.any') };
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        type="search"
        label={t('library.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          search(currentTarget.value);
        }}
        style={{ flexGrow: 1, minWidth: 180 }}
      />
      <NativeSelect
        label={t('library.tag')}
        value={filters.tag ?? ''}
        onChange={({ currentTarget }) => onChange({ ...filters, tag: currentTarget.value })}
        data={[any, ...tags.map(({ tag }) => tag)]}
      />
      <NativeSelect
        label={t('library.kind')}
        value={filters.kind ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ ...filters, kind: POST_KINDS.find((kind) => kind === currentTarget.value) })
        }
        data={[any, ...POST_KINDS.map((kind) => ({ value: kind, label: t(`library.kinds.${kind}`) }))]}
      />
      <NativeSelect
        label={t('library.status')}
        value={filters.status ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ ...filters, status: POST_STATUSES.find((status) => status === currentTarget.value) })
        }
        data={[any, ...POST_STATUSES.map((status) => ({ value: status, label: t(`state.${status}`) }))]}
      />
    </Group>
  );
};

export const ClearFilters = ({ onClear }: { readonly onClear: () => void }) => {
  const { t } = useTranslation();
  return (
    <Button variant="default" onClick={onClear}>
      {t('library.clear')}
    </Button>
  );
};
