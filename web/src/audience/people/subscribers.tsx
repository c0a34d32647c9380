import { Anchor, Badge, Button, Group, Menu, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { BY_CURSOR, itemsOf } from '../../api/by-cursor.ts';
import {
  segmentsListInfiniteOptions,
  subscriberChangesFindMutation,
  subscribersListInfiniteOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SubscriberResponse } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useTimes } from '../../ui/times.ts';
import { useFields } from '../../ui/use-fields.ts';
import { filtersOf, PEOPLE_COLORS, STATUSES } from './people-filters.ts';

/** Who is on the list; filters stand in the address, so that they can be kept and shared. */
export const Subscribers = () => {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const query = filtersOf(params);
  const people = useInfiniteQuery({ ...subscribersListInfiniteOptions({ query }), ...BY_CURSOR });
  const isFiltered = Object.keys(query).length > 0;
  return (
    <Panel title={t('audience.section.subscribers')} actions={<Exports />}>
      <FindByAddress />
      <Filters />
      <Listed
        query={people}
        empty={
          isFiltered ? (
            <EmptyState what={t('audience.people.noneFound')} />
          ) : (
            <EmptyState
              what={t('audience.people.none')}
              next={
                <Group>
                  <Button component={Link} to="/audience/forms">
                    {t('audience.people.makeForm')}
                  </Button>
                  <Button component={Link} to="/audience/imports" variant="default">
                    {t('audience.people.bring')}
                  </Button>
                </Group>
              }
            />
          )
        }
      >
        {(items) => <People items={items} />}
      </Listed>
    </Panel>
  );
};

const People = ({ items }: { readonly items: readonly SubscriberResponse[] }) => {
  const { t } = useTranslation();
  const { day } = useTimes();
  return (
    <DataTable
      label={t('audience.section.subscribers')}
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'email',
          title: t('access.email'),
          cell: ({ id, email }) => (
            <Anchor component={Link} to={`/audience/subscribers/${id}`} size="sm">
              {email ?? t('audience.erased')}
            </Anchor>
          ),
        },
        {
          name: 'status',
          title: t('common.status'),
          cell: ({ status }) => <Badge color={PEOPLE_COLORS[status]}>{t(`audience.people.status.${status}`)}</Badge>,
        },
        {
          name: 'tags',
          title: t('audience.broadcast.tags'),
          cell: ({ tags }) => (
            <Group gap={4}>
              {tags.map((tag) => (
                <Badge key={tag} variant="default" tt="none">
                  {tag}
                </Badge>
              ))}
            </Group>
          ),
        },
        { name: 'language', title: t('audience.people.language'), cell: ({ language }) => language ?? '–' },
        { name: 'since', title: t('audience.people.since'), cell: ({ createdAt }) => day(createdAt) },
      ]}
    />
  );
};

const Filters = () => {
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

const FindByAddress = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const find = useDeed(subscriberChangesFindMutation(), {
    tags: [],
    onDone: ({ id }) => void navigate(`/audience/subscribers/${id}`),
    inForm: true,
  });
  const form = useFields({ email: '' }, find.error);
  return (
    <SubmitForm
      label={t('audience.people.find')}
      action={find}
      fields={['email']}
      onSubmit={() => find.mutate({ body: { email: form.values.email.trim() } })}
    >
      <TextInput
        {...form.text('email')}
        type="search"
        label={t('audience.people.findWhat')}
        placeholder="ada@example.com"
        autoComplete="off"
      />
    </SubmitForm>
  );
};

const Exports = () => {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const query = new URLSearchParams(filtersOf(params));
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" variant="default">
          {t('audience.people.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={`/v1/subscribers/export.csv?${query}`} download>
          {t('audience.people.asCsv')}
        </Menu.Item>
        <Menu.Item component="a" href={`/v1/subscribers/export.json?${query}`} download>
          {t('audience.people.asJson')}
        </Menu.Item>
        <Menu.Item component="a" href="/v1/consents/export.csv" download>
          {t('audience.people.consents')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
