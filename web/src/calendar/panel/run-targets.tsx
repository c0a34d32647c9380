import { Anchor, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { targetsListOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { TargetResponse } from '../../api/generated/types.gen.ts';
import { Answered } from '../../ui/answered.tsx';
import { PlatformBadge } from '../../ui/platform-badge.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useHoldWords } from '../../ui/use-hold-words.ts';
import type { CalendarGroup } from '../groups.ts';
import { useAccounts } from '../use-accounts.ts';

const MOST = 100;
const SECOND_MS = 1_000;

const TargetCard = ({ target }: { readonly target: TargetResponse }) => {
  const { t } = useTranslation();
  const why = useHoldWords();
  const account = useAccounts().get(target.accountId);
  const { platform, status, permalink, error, holdReason, approval, notices = [], question } = target;
  const notes = [
    error?.detail,
    question?.sentence,
    holdReason && t('calendar.heldFor', { reason: why(holdReason) }),
    approval === 'waiting' ? t('calendar.waitsForApproval') : undefined,
    ...notices,
  ].filter((note) => note !== undefined && note !== '');
  return (
    <Paper withBorder p="xs">
      <Group justify="space-between" wrap="nowrap">
        <PlatformBadge platform={platform} account={account?.displayName} />
        <StateBadge state={status} size="sm" />
      </Group>
      {notes.map((note) => (
        <Text key={note} size="sm" c="dimmed">
          {note}
        </Text>
      ))}
      {permalink && (
        <Anchor href={permalink} target="_blank" rel="noreferrer" size="sm">
          {t('calendar.seeIt')}
        </Anchor>
      )}
    </Paper>
  );
};

/** How each target of the line fares. */
export const RunTargets = ({ group }: { readonly group: CalendarGroup }) => {
  const { at, entries } = group;
  const to = new Date(Date.parse(at) + SECOND_MS).toISOString();
  const targets = useQuery(
    targetsListOptions({ query: { postId: entries[0].postId ?? '', from: at, to, limit: MOST } }),
  );
  return (
    <Answered query={targets}>
      {({ items }) => (
        <Stack gap="xs">
          {items.map((target) => (
            <TargetCard key={target.id} target={target} />
          ))}
        </Stack>
      )}
    </Answered>
  );
};
