import { Alert, Anchor, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { useComposing } from './draft-context.ts';
import { type Exit, exitOf } from './way-out.ts';

const ICONS = { goes: IconArrowRight, stranded: IconAlertTriangle, waits: IconClock, tries: IconArrowRight } as const;
const COLORS = { goes: 'teal', stranded: 'orange', waits: 'blue', tries: 'gray' } as const;

/** Where this very post would go, account by account, were its platform down now. */
export const OutageStep = () => {
  const { t } = useTranslation();
  const { check } = useComposing();
  return (
    <Panel title={t('compose.outage')} note={t('compose.outageWhat')}>
      {check.waysOut.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('compose.outageEmpty')}
        </Text>
      ) : (
        <Stack gap="xs">
          {check.waysOut.map((way) => (
            <ExitNote key={way.accountId} exit={exitOf(way)} />
          ))}
        </Stack>
      )}
    </Panel>
  );
};

const ExitNote = ({ exit }: { readonly exit: Exit }) => {
  const { t } = useTranslation();
  const { accounts } = useComposing();
  const origin = accounts.find(({ id }) => id === exit.accountId);
  const fallback = accounts.find(({ id }) => id === exit.to);
  const Icon = ICONS[exit.kind];
  const platform = platformTitle(origin?.platform ?? '');
  const to = fallback ? `${fallback.displayName} (${platformTitle(fallback.platform)})` : '';
  return (
    <Alert
      color={COLORS[exit.kind]}
      icon={<Icon aria-hidden />}
      title={t(`compose.${exit.kind}`, { platform, to })}
      p="xs"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {origin && <PlatformBadge platform={origin.platform} account={origin.displayName} size="xs" />}
      {exit.why.length > 0 && (
        <List size="sm" mt={4}>
          {exit.why.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
      )}
      {exit.kind === 'stranded' && (
        <Text size="sm">
          {!exit.hasFallbacks && t('compose.noFallbacks')}{' '}
          <Anchor component={Link} to="/routes" size="sm" c="var(--mantine-color-text)" underline="always">
            {t('compose.toRoutes')}
          </Anchor>
        </Text>
      )}
    </Alert>
  );
};
