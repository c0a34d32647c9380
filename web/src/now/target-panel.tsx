import { Anchor, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../ui/panel.tsx';
import type { NowList, NowTarget } from './now-answer.ts';
import { TargetLine } from './target-line.tsx';

interface TargetPanelProps {
  readonly title: string;
  readonly list: NowList;
  readonly say: (target: NowTarget) => ReactNode;
  /** What a person can do about one. */
  readonly act?: (target: NowTarget) => ReactNode;
}

/** One of the page's lists; not there at all while it is empty. */
export const TargetPanel = ({ title, list, say, act }: TargetPanelProps) => {
  const { t } = useTranslation();
  if (list.count === 0) return null;
  const rest = list.count - list.items.length;
  return (
    <Panel title={title} count={list.count}>
      <Stack gap="sm">
        {list.items.map((target) => (
          <Stack key={target.id} gap="xs">
            <TargetLine target={target}>{say(target)}</TargetLine>
            {act?.(target)}
          </Stack>
        ))}
        {rest > 0 && (
          <Text size="sm">
            {t('now.rest', { count: rest })}{' '}
            <Anchor component={Link} to="/calendar" underline="always">
              {t('now.inCalendar')}
            </Anchor>
          </Text>
        )}
      </Stack>
    </Panel>
  );
};
