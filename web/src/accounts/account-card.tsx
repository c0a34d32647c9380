import { Button, Group, List, Paper, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountsHealthOfOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { AccountDto, AccountHealthDto, QuotaDto } from '../api/generated/types.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { useRegions } from '../ui/regions.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { useTimes } from '../ui/times.ts';
import { AccountActions } from './account-actions.tsx';

interface AccountCardProps {
  readonly account: AccountDto;
  readonly onReconnect: () => void;
}

/** One account: whether it can post, why not, how much of its quotas is left. */
export const AccountCard = ({ account, onReconnect }: AccountCardProps) => {
  const { t } = useTranslation();
  const { title } = useRegions();
  const { id, platform, displayName, status, region } = account;
  const isGone = status === 'disconnected';
  return (
    <Paper withBorder p="md" data-account={id} component="article" aria-label={displayName}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <PlatformBadge platform={platform} account={displayName} size="md" />
          <StateBadge state={status} />
        </Group>
        <Text size="sm" c="dimmed">
          {title(region)}
        </Text>
        {account.statusReason && <Text size="sm">{account.statusReason}</Text>}
        {!isGone && <Health id={id} said={account.statusReason} />}
        <Group gap="xs">
          {status === 'needs_reconnect' || isGone ? (
            <Button size="xs" onClick={onReconnect}>
              {t('now.reconnect')}
            </Button>
          ) : null}
          <AccountActions account={account} onReconnect={onReconnect} />
        </Group>
      </Stack>
    </Paper>
  );
};

interface HealthProps {
  readonly id: string;
  /** What stands above already. */
  readonly said: string | undefined;
}

const Health = ({ id, said }: HealthProps) => {
  const query = useQuery(accountsHealthOfOptions({ path: { id } }));
  return <Answered query={query}>{(health) => <HealthLines health={health} said={said} />}</Answered>;
};

const HealthLines = ({ health, said }: Pick<HealthProps, 'said'> & { readonly health: AccountHealthDto }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { reasons, canPost, lastError, tokenExpiresAt, quotas, notices } = health;
  return (
    <Stack gap="xs">
      {canPost && <Text size="sm">{t('accounts.canPost')}</Text>}
      {reasons.length > 0 && (
        <List size="sm">
          {reasons.map(({ code, text, until }) => (
            <List.Item key={code}>
              {text}
              {until && ` (${t('now.until', { at: moment(until) })})`}
            </List.Item>
          ))}
        </List>
      )}
      {lastError && lastError !== said && <Text size="sm">{lastError}</Text>}
      {tokenExpiresAt && (
        <Text size="sm" c="dimmed">
          {t('accounts.tokenUntil', { at: moment(tokenExpiresAt) })}
        </Text>
      )}
      {quotas.map((quota) => (
        <QuotaLine key={`${quota.scope} ${quota.kind} ${quota.resetsAt}`} quota={quota} />
      ))}
      {notices.map((notice) => (
        <Text key={notice} size="sm" c="dimmed">
          {notice}
        </Text>
      ))}
    </Stack>
  );
};

const NEARLY = 80;
const WHOLE = 100;

/** As the server names windows, and as the words do. */
const KINDS = { publish: 'publish', init: 'init', 'videos.insert': 'insert', platform: 'platform' } as const;
const isKnown = (kind: string): kind is keyof typeof KINDS => kind in KINDS;

const QuotaLine = ({ quota: { kind, scope, limit, used, exhausted, resetsAt } }: { readonly quota: QuotaDto }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const kindName = isKnown(kind) ? t(`accounts.quotaKind.${KINDS[kind]}`) : kind;
  const name = scope === 'app' ? `${kindName} (${t('now.ourApp')})` : kindName;
  const label =
    used === undefined
      ? t('accounts.quotaLimit', { kind: name, limit, at: moment(resetsAt) })
      : `${name}: ${t('now.quota', { used, limit, at: moment(resetsAt) })}`;
  const percent = used === undefined ? undefined : limit === 0 ? WHOLE : Math.min(WHOLE, (used / limit) * WHOLE);
  return (
    <Stack gap={2}>
      {percent !== undefined && (
        <Progress.Root size="sm">
          <Progress.Section
            value={percent}
            color={exhausted || percent >= NEARLY ? 'orange' : 'teal'}
            aria-label={label}
          />
        </Progress.Root>
      )}
      <Text size="sm" c="dimmed">
        {label}
        {exhausted && ` · ${t('accounts.exhausted')}`}
      </Text>
    </Stack>
  );
};
