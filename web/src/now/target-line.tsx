import { Anchor, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { postPath } from '../ui/post-path.ts';
import type { NowTarget } from './now-answer.ts';

interface TargetLineProps {
  readonly target: NowTarget;
  /** What there is to say of it here. */
  readonly children?: ReactNode;
}

/** A post on one account: where, what, and what of it. */
export const TargetLine = ({ target, children }: TargetLineProps) => {
  const { t } = useTranslation();
  return (
    <Stack gap={2} data-target={target.id}>
      <Group gap="xs" style={{ rowGap: 0 }}>
        <PlatformBadge platform={target.platform} account={target.accountName} />
        <Anchor component={Link} to={postPath(target.postId)} size="sm" truncate underline="always" maw="100%">
          {target.caption || t('now.noCaption')}
        </Anchor>
      </Group>
      {children && (
        <Text component="div" size="sm" c="dimmed">
          {children}
        </Text>
      )}
    </Stack>
  );
};
