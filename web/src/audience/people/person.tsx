import { Badge, Button, Group, TagsInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  subscriberChangesEraseMutation,
  subscriberChangesSaveMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SubscriberDetailResponse } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTimes } from '../../ui/times.ts';
import { PEOPLE_COLORS } from './people-filters.ts';

/** Who it is, with tags, export and erasure. */
export const Person = ({ subscriber }: { readonly subscriber: SubscriberDetailResponse }) => {
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
