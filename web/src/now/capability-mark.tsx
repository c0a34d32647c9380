import { Badge, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NowRegion } from './now-answer.ts';
import './capability-mark.css';

const MARKS = {
  healthy: { Icon: IconCheck, color: 'teal' },
  degraded: { Icon: IconAlertTriangle, color: 'orange' },
  down: { Icon: IconX, color: 'red' },
  recovering: { Icon: IconRefresh, color: 'blue' },
} as const;

/** One capability by word and mark; why, when one points at it or reaches it by keyboard. */
export const CapabilityMark = ({ capability, state, reason }: NowRegion['capabilities'][number]) => {
  const { t } = useTranslation();
  const { Icon, color } = MARKS[state];
  return (
    <Badge
      role="listitem"
      tabIndex={0}
      className="capability-mark"
      data-reason={reason}
      variant={state === 'healthy' ? 'default' : 'light'}
      color={color}
      c="var(--mantine-color-text)"
      tt="none"
      fw={500}
      size="sm"
      leftSection={<Icon size={12} stroke={2.6} aria-hidden color={`var(--mantine-color-${color}-filled)`} />}
    >
      {t(`now.capability.${capability}`)}
      <VisuallyHidden>
        : {t(`state.${state}`)}. {reason}
      </VisuallyHidden>
    </Badge>
  );
};
