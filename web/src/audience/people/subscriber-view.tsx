import { Alert, Anchor, Badge, Button, Group, Stack, TagsInput, Text, Timeline } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  deliveryReportsOfSubscriberInfiniteOptions,
  subscriberChangesEraseMutation,
  subscriberChangesSaveMutation,
  subscribersGetOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SubscriberDetailResponse } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Answered } from '../../ui/answered.tsx';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTimes } from '../../ui/times.ts';
import { PEOPLE_COLORS } from './people-filters.ts';

export const SubscriberView = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const subscriber = useQuery(subscribersGetOptions({ path: { id } }));
  return (
    <Stack>
      <Anchor component={Link} to="/audience/subscribers" size="sm">
        {t('audience.people.back')}
      </Anchor>
      <Answered query={subscriber}>
        {(found) => (
          <>
            <Person subscriber={found} />
            <ConsentLedger subscriber={found} />
            <Deliveries id={id} />
          </>
        )}
      </Answered>
    </Stack>
  );
};

const Person = ({ subscriber }: { readonly subscriber: SubscriberDetailResponse }) => {
  const { t } = useTranslation();
  const { day } = useTimes();
  const { id, email, status, phone, accepts, language, zone, tags, attributes, createdAt } = subscriber;
  const path = { id };
  const save = useDeed(subscriberChangesSaveMutation(), { tags: ['Audience'], said: t('common.saved') });
  const erase = useDeed(subscriberChangesEraseMutation(), { tags: ['Audience'], said: t('audience.people.isErased') });
  const facts = [
    phone,
    language,
    zone,
    ...Object.entries(attributes).map(([name, value]) => `${name}: ${String(value)}`),
  ];
  return (
    <Panel
      title={email ?? t('audience.erased')}
      actions={
        status !== 'erased' && (
          <>
            <Button
              size="xs"
              variant="default"
              component="a"
              href={`/v1/subscribers/${id}/access?format=json`}
              download
            >
              {t('audience.people.access')}
            </Button>
            <AskButton
              label={t('audience.people.erase')}
              title={t('audience.people.eraseTitle')}
              text={t('audience.people.eraseText', { email })}
              yes={t('audience.people.eraseYes')}
              onYes={() => erase.mutate({ path })}
            />
          </>
        )
      }
    >
      <Group gap="xs">
        <Badge color={PEOPLE_COLORS[status]}>{t(`audience.people.status.${status}`)}</Badge>
        {accepts.map((one) => (
          <Badge key={one} variant="default" tt="none">
            {t(`audience.people.accepts.${one}`)}
          </Badge>
        ))}
      </Group>
      <Text size="sm">{facts.filter(Boolean).join(', ')}</Text>
      <Text size="sm" c="dimmed">
        {t('audience.people.joined', { at: day(createdAt) })}
      </Text>
      {status !== 'erased' && (
        <TagsInput
          label={t('audience.broadcast.tags')}
          value={tags}
          onChange={(next) => save.mutate({ path, body: { tags: next } })}
        />
      )}
    </Panel>
  );
};

/** What the person agreed to, in the words of then; one line cannot be changed without the chain telling. */
const ConsentLedger = ({ subscriber }: { readonly subscriber: SubscriberDetailResponse }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  return (
    <Panel title={t('audience.consent.title')} note={t('audience.consent.what')}>
      {!subscriber.consentChainIntact && <Alert color="red">{t('audience.consent.broken')}</Alert>}
      <Timeline bulletSize={14} active={subscriber.consent.length}>
        {subscriber.consent.map(({ hash, action, at, text, source, textVersion, evidence, ip }) => (
          <Timeline.Item key={hash} title={t(`audience.consent.action.${action}`)}>
            <Text size="sm">{text}</Text>
            <Text size="xs" c="dimmed">
              {[moment(at), source, textVersion, evidence, ip].filter(Boolean).join(', ')}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Panel>
  );
};

const Deliveries = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const reports = useInfiniteQuery({ ...deliveryReportsOfSubscriberInfiniteOptions({ path: { id } }), ...BY_CURSOR });
  return (
    <Panel title={t('audience.reports.title')}>
      <Listed query={reports} empty={<Text c="dimmed">{t('audience.reports.none')}</Text>}>
        {(items) => (
          <DataTable
            label={t('audience.reports.title')}
            rows={items}
            keyOf={({ id: report }) => report}
            columns={[
              { name: 'at', title: t('audience.recipients.at'), cell: ({ at }) => moment(at) },
              {
                name: 'kind',
                title: t('audience.reports.kind'),
                cell: ({ kind, class: of }) => [t(`audience.reports.kindIs.${kind}`), of].filter(Boolean).join(': '),
              },
              { name: 'words', title: t('audience.recipients.reply'), cell: ({ evidence }) => evidence },
              {
                name: 'broadcast',
                title: t('audience.reports.broadcast'),
                cell: ({ broadcastId }) => (
                  <Anchor component={Link} to={`/audience/broadcasts/${broadcastId}`} size="sm">
                    {t('audience.reports.open')}
                  </Anchor>
                ),
              },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};
