import { Alert, Badge, Button, Group, List, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  broadcastPlanningLookMutation,
  broadcastPlanningPreviewMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { PreflightResponse, PreviewResponse } from '../../api/generated/types.gen.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { sizeText } from '../../ui/sizes.ts';
import { TestSend } from './test-send.tsx';
import './preview.css';

interface LookBeforeProps {
  readonly id: string;
  readonly isChanged: boolean;
}

/** As its readers will see it, and as their mail servers will judge it. */
export const LookBefore = ({ id, isChanged }: LookBeforeProps) => {
  const { t } = useTranslation();
  const preview = useMutation(broadcastPlanningPreviewMutation());
  const preflight = useMutation(broadcastPlanningLookMutation());
  const path = { id };
  return (
    <Panel
      title={t('audience.broadcast.look')}
      note={isChanged ? t('audience.broadcast.saveFirst') : undefined}
      actions={
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            disabled={isChanged}
            loading={preview.isPending}
            onClick={() => preview.mutate({ path })}
          >
            {t('audience.broadcast.preview')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={isChanged}
            loading={preflight.isPending}
            onClick={() => preflight.mutate({ path })}
          >
            {t('audience.broadcast.preflight')}
          </Button>
          <TestSend id={id} isChanged={isChanged} />
        </Group>
      }
    >
      {preflight.error && <ProblemNote error={preflight.error} />}
      {preflight.data && <Preflight found={preflight.data} />}
      {preview.error && <ProblemNote error={preview.error} />}
      {preview.data && <Samples key={preview.submittedAt} preview={preview.data} />}
    </Panel>
  );
};

const COLORS = { green: 'teal', yellow: 'yellow', red: 'red' } as const;

const Preflight = ({ found }: { readonly found: PreflightResponse }) => {
  const { t, i18n } = useTranslation();
  return (
    <Alert color={COLORS[found.verdict]} title={t(`audience.broadcast.verdict.${found.verdict}`)} role="status">
      <Text size="sm">
        {t('audience.broadcast.largest', { size: sizeText(found.bytes, i18n.language), count: found.recipients })}
      </Text>
      <List size="sm" mt="xs">
        {found.findings.map(({ check, level, message }) => (
          <List.Item key={`${check} ${message}`}>
            <Group gap="xs">
              <Badge color={level === 'blocking' ? 'red' : 'yellow'}>{t(`audience.broadcast.level.${level}`)}</Badge>
              {message}
            </Group>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};

const Samples = ({ preview }: { readonly preview: PreviewResponse }) => {
  const { t } = useTranslation();
  const [at, setAt] = useState('0');
  const [part, setPart] = useState<'html' | 'text'>('html');
  const sample = preview.samples[Number(at)];
  if (!sample) return <Text>{t('audience.broadcast.nobody')}</Text>;
  const showsHtml = part === 'html' && sample.html !== undefined;
  return (
    <Stack>
      <Text size="sm">{t('audience.broadcast.wouldGet', { count: preview.recipients })}</Text>
      <Group align="flex-end">
        <Select
          label={t('audience.broadcast.as')}
          data={preview.samples.map(({ to }, index) => ({ value: String(index), label: to }))}
          value={at}
          allowDeselect={false}
          onChange={(next) => next && setAt(next)}
        />
        {sample.html !== undefined && (
          <SegmentedControl
            aria-label={t('audience.broadcast.part')}
            data={[
              { value: 'html', label: 'HTML' },
              { value: 'text', label: t('audience.broadcast.formatIs.text') },
            ]}
            value={part}
            onChange={(next) => setPart(next)}
          />
        )}
      </Group>
      <Text fw={600}>{sample.subject}</Text>
      {showsHtml ? (
        // No scripts, forms, pop-ups or our origin: the words of a mail are foreign here.
        <iframe
          className="mail-preview"
          title={t('audience.broadcast.previewOf', { to: sample.to })}
          sandbox=""
          srcDoc={sample.html}
        />
      ) : (
        <Text component="pre" className="mail-preview__text" tabIndex={0}>
          {sample.text}
        </Text>
      )}
    </Stack>
  );
};
