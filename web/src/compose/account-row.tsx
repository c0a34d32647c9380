import { Anchor, Badge, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { accountsHealthOfOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { AccountDto, PlatformDto } from '../api/generated/types.gen.ts';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { useTimes } from '../ui/times.ts';
import { useComposing } from './draft-context.ts';
import { errorText, ofTargets } from './findings.ts';

/** One account to choose: its state, its platform's, and what it may still post. */
export const AccountRow = ({ account }: { readonly account: AccountDto }) => {
  const { platforms, draft, check } = useComposing();
  const place = draft.accountIds.indexOf(account.id);
  const isChosen = place !== -1;
  const platform = platforms.find((facts) => facts.platform === account.platform);
  const fault = errorText(ofTargets(check.findings, [place], 'accountId'));
  return (
    <Stack gap={2}>
      <Group gap={4} justify="space-between">
        <Checkbox
          value={account.id}
          label={
            <Group gap={6} wrap="nowrap">
              <PlatformBadge platform={account.platform} account={account.displayName} />
              <Text span size="xs" c="dimmed" aria-hidden>
                {platformTitle(account.platform)}
              </Text>
            </Group>
          }
          aria-label={`${account.displayName}, ${platformTitle(account.platform)}`}
          disabled={account.status !== 'active' && !isChosen}
          error={fault}
          styles={{ body: { alignItems: 'center' }, labelWrapper: { minWidth: 0 } }}
          miw={0}
        />
        <Group gap={6}>
          {account.status !== 'active' && <StateBadge state={account.status} size="sm" />}
          {platform && platform.state !== 'healthy' && <StateBadge state={platform.state} size="sm" />}
          {isChosen && <Quota accountId={account.id} />}
        </Group>
      </Group>
      {isChosen && <Reasons account={account} platform={platform} />}
    </Stack>
  );
};

/** Only of chosen accounts: each asks the server once. */
const useAccountHealth = (accountId: string) => useQuery(accountsHealthOfOptions({ path: { id: accountId } }));

/** The tightest quota that is this account's own. */
const Quota = ({ accountId }: { readonly accountId: string }) => {
  const { t } = useTranslation();
  const times = useTimes();
  const { data } = useAccountHealth(accountId);
  const own = data?.quotas.filter(({ left }) => left !== undefined) ?? [];
  const [tightest] = own.sort((one, other) => (one.left ?? 0) - (other.left ?? 0));
  if (!tightest) return undefined;
  const { left = 0, limit, exhausted, resetsAt } = tightest;
  const text = exhausted
    ? t('compose.leftUntil', { when: times.moment(resetsAt) })
    : t('compose.left', { left, limit });
  return (
    <Badge variant="default" tt="none" fw={500} size="sm">
      {exhausted && '⚠ '}
      {text}
    </Badge>
  );
};

interface ReasonsProps {
  readonly account: AccountDto;
  readonly platform: PlatformDto | undefined;
}

/** Why a chosen account, or its platform, is not well. */
const Reasons = ({ account, platform }: ReasonsProps) => {
  const { t } = useTranslation();
  const { data } = useAccountHealth(account.id);
  const sick = platform?.regions.find(({ region, state }) => region === account.region && state !== 'healthy');
  const reasons = data?.reasons.map(({ text }) => text) ?? [];
  if (sick) {
    const state = t(`state.${sick.state}`).toLowerCase();
    reasons.push(t('compose.platformIs', { platform: platformTitle(account.platform), state, reason: sick.reason }));
  }
  return reasons.map((reason) => (
    <Text key={reason} size="xs" pl={28}>
      {reason}{' '}
      <Anchor component={Link} to="/accounts" size="xs">
        {t('page.accounts')}
      </Anchor>
    </Text>
  ));
};
