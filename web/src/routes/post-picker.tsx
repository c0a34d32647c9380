import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { postsListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostDto } from '../api/generated/types.gen.ts';

const SHOWN = 20;
const TYPED_FOR_MS = 250;
const LONGEST = 80;

/** What a person calls a post: its title, or how its caption begins. */
export const postName = ({ title, caption, id }: Pick<PostDto, 'title' | 'caption' | 'id'>): string =>
  (title || caption || id).slice(0, LONGEST);

interface PostPickerProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly error: string | undefined;
}

/** Finds a post by its words: nobody knows ids by heart. */
export const PostPicker = ({ value, onChange, error }: PostPickerProps) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), TYPED_FOR_MS);
  const [chosen, setChosen] = useState<PostDto>();
  const posts = useQuery({
    ...postsListOptions({ query: { limit: SHOWN, ...(q === '' || (chosen && q === postName(chosen)) ? {} : { q }) } }),
    placeholderData: keepPreviousData,
  });
  const found = posts.data?.items ?? [];
  const items = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Select
      label={t('routes.field.postId')}
      placeholder={t('routes.field.postFind')}
      data={items.map((post) => ({ value: post.id, label: postName(post) }))}
      filter={({ options }) => options}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t('routes.field.postNone')}
      value={value || null}
      onChange={(id) => {
        setChosen(items.find((post) => post.id === id));
        onChange(id ?? '');
      }}
      error={error}
    />
  );
};
