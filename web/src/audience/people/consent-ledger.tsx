import { Alert, Text, Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SubscriberDetailResponse } from '../../api/generated/types.gen.ts';
import { Panel } from '../../ui/panel.tsx';
import { useTimes } from '../../ui/times.ts';

/** What the person agreed to, in the words of then; one line cannot be changed without the chain telling. */
export const ConsentLedger = ({ subscriber }: { readonly subscriber: SubscriberDetailResponse }) => {
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
