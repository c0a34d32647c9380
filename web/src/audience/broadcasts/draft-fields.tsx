import { Code, Group, SegmentedControl, Select, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR, itemsOf } from '../../api/by-cursor.ts';
import {
  segmentsCountSavedOptions,
  segmentsListInfiniteOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { useFields } from '../../ui/use-fields.ts';
import { type BroadcastDraft, VARIABLES } from './broadcast-draft.ts';

type Form = ReturnType<typeof useFields<BroadcastDraft>>;

/** Subject, body and audience of a broadcast. */
export const DraftFields = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  return (
    <>
      <TextInput {...form.text('subject')} label={t('audience.broadcast.subject')} autoComplete="off" required />
      <Textarea
        {...form.text('bodyText')}
        label={t('audience.broadcast.text')}
        description={t('audience.broadcast.textWhat')}
        autosize
        minRows={6}
        maxRows={20}
        required
      />
      <Variables kind={form.values.kind} />
      <Stack gap={4}>
        <Text size="sm" fw={500}>
          {t('audience.broadcast.format')}
        </Text>
        <SegmentedControl
          aria-label={t('audience.broadcast.format')}
          data={(['text', 'mjml', 'html'] as const).map((value) => ({
            value,
            label: t(`audience.broadcast.formatIs.${value}`),
          }))}
          value={form.values.format}
          onChange={(format) => form.set({ format })}
        />
      </Stack>
      {form.values.format === 'mjml' && (
        <Textarea {...form.text('bodyMjml')} label="MJML" autosize minRows={8} maxRows={24} ff="monospace" />
      )}
      {form.values.format === 'html' && (
        <Textarea {...form.text('bodyHtml')} label="HTML" autosize minRows={8} maxRows={24} ff="monospace" />
      )}
      <Audience form={form} />
    </>
  );
};

const Variables = ({ kind }: { readonly kind: BroadcastDraft['kind'] }) => {
  const { t } = useTranslation();
  return (
    <Group gap={6}>
      <Text size="xs" c="dimmed">
        {t('audience.broadcast.variables')}
      </Text>
      {VARIABLES[kind].map((name) => (
        <Code key={name}>{`{{ ${name} }}`}</Code>
      ))}
    </Group>
  );
};

const Audience = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const segments = useInfiniteQuery({ ...segmentsListInfiniteOptions({ query: { limit: 100 } }), ...BY_CURSOR });
  const { segmentId } = form.values;
  const count = useQuery({ ...segmentsCountSavedOptions({ path: { id: segmentId } }), enabled: segmentId !== '' });
  return (
    <Group grow align="flex-start" preventGrowOverflow={false}>
      <Select
        label={t('audience.broadcast.segment')}
        description={
          segmentId !== '' && count.data
            ? t('audience.segment.counts', { total: count.data.total, email: count.data.email, sms: count.data.sms })
            : t('audience.broadcast.segmentWhat')
        }
        placeholder={t('audience.broadcast.everyone')}
        data={itemsOf(segments.data).map(({ id, name }) => ({ value: id, label: name }))}
        value={segmentId || null}
        onChange={(id) => form.set({ segmentId: id ?? '' })}
        error={form.fault('segmentId')}
        clearable
        searchable
      />
      <TagsInput
        {...form.pick('tags')}
        label={t('audience.broadcast.tags')}
        description={t('audience.broadcast.tagsWhat')}
      />
    </Group>
  );
};
