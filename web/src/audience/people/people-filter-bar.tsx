import { Group, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { itemsOf, BY_CURSOR } from '../../api/by-cursor.ts';
import { segmentsListInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { STATUSES } from './people-filters.ts';

/** Shows only some; what is chosen stands in the address. */
export const Filters = () => {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const segments = useInfiniteQuery({ ...segmentsListInfiniteOptions({ query: { limit: 100 } }), ...BY_CURSOR });
  const put = (name: string, value: string | null): void =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return (
    <Group>
      <Select
        label={t('common.status')}
        placeholder={t('common.all')}
        data={STATUSES.map((value) => ({ value, label: t(`audience.people.status.${value}`) }))}
        value={params.get('status')}
        onChange={(status) => put('status', status)}
        clearable
      />
      <Select
        label={t('audience.broadcast.segment')}
        placeholder={t('common.all')}
        data={itemsOf(segments.data).map(({ id, name }) => ({ value: id, label: name }))}
        value={params.get('segment')}
        onChange={(segment) => put('segment', segment)}
        clearable
        searchable
      />
      <TextInput
        label={t('audience.people.tag')}
        defaultValue={params.get('tag') ?? ''}
        onBlur={({ currentTarget }) => put('tag', currentTarget.value.trim())}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && put('tag', currentTarget.value.trim())}
      />
    </Group>
  );
};
