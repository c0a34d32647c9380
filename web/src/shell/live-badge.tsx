import { Badge } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { followEvents, type Liveness } from '../api/follow-events.ts';

const COLORS: Readonly<Record<Liveness, string>> = { connecting: 'gray', live: 'leaf', lost: 'orange' };

/** Follows the server as long as the shell stands, and says whether it hears it. */
export const LiveBadge = () => {
  const { t } = useTranslation();
  const [liveness, setLiveness] = useState<Liveness>('connecting');
  useEffect(() => followEvents(setLiveness), []);
  return (
    <Badge color={COLORS[liveness]} role="status" visibleFrom="sm">
      {t(`shell.${liveness}`)}
    </Badge>
  );
};
