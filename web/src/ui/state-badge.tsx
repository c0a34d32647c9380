import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconCheck,
  IconCircle,
  IconClock,
  IconHandStop,
  IconHelpCircle,
  IconPlayerPause,
  IconPlugConnectedX,
  IconProgress,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type en from '../i18n/en.json';

/** Every state that has words: `state.<name>` of the language files. */
export type State = keyof (typeof en)['state'];

type Look = readonly [color: string, icon: ComponentType<{ size?: number; stroke?: number }>];

const WELL: Look = ['teal', IconCheck];
const UNDER_WAY: Look = ['blue', IconProgress];
const WAITS: Look = ['gray', IconClock];
const CARE: Look = ['orange', IconAlertTriangle];
const BAD: Look = ['red', IconX];
const ASKS: Look = ['red', IconHandStop];
const OVER: Look = ['gray', IconCircle];
const STOPPED: Look = ['yellow', IconPlayerPause];

const LOOKS: Readonly<Record<State, Look>> = {
  healthy: WELL,
  degraded: CARE,
  down: BAD,
  recovering: ['blue', IconRefresh],
  draft: OVER,
  scheduled: WAITS,
  held: STOPPED,
  publishing: UNDER_WAY,
  published: WELL,
  partial: CARE,
  unconfirmed: ['orange', IconHelpCircle],
  needs_decision: ASKS,
  rerouted: ['violet', IconArrowsSplit2],
  missed: BAD,
  failed: BAD,
  cancelled: OVER,
  active: WELL,
  paused: STOPPED,
  needs_reconnect: ['red', IconPlugConnectedX],
  disconnected: ['gray', IconPlugConnectedX],
  open: BAD,
  closed: OVER,
  minor: CARE,
  major: CARE,
  critical: BAD,
  planned: WAITS,
  running: UNDER_WAY,
  finished: WELL,
  passed: WELL,
  nothing_due: OVER,
  investigating: CARE,
  identified: CARE,
  monitoring: ['blue', IconProgress],
  resolved: WELL,
  good: WELL,
  fair: CARE,
  poor: BAD,
  sending: UNDER_WAY,
  sent: WELL,
  waiting: WAITS,
};

/** A state in a word, a mark and a colour: never by colour alone. */
export const StateBadge = ({ state, size = 'md' }: { readonly state: State; readonly size?: 'sm' | 'md' | 'lg' }) => {
  const { t } = useTranslation();
  const [color, Icon] = LOOKS[state];
  return (
    <Badge
      variant="light"
      color={color}
      c="var(--mantine-color-text)"
      tt="none"
      size={size}
      miw="max-content"
      style={{ flexShrink: 0 }}
      leftSection={
        <span aria-hidden style={{ display: 'inline-flex', color: `var(--mantine-color-${color}-filled)` }}>
          <Icon size={13} stroke={2.4} />
        </span>
      }
    >
      {t(`state.${state}`)}
    </Badge>
  );
};
