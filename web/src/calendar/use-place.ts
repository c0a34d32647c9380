import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useSession } from '../access/session.ts';
import { type CalendarPlace, readPlace, writePlace } from './place.ts';
import { wallDay } from '../ui/wall-time.ts';

const PHONE = '(max-width: 40em)';

/** Where one is in the calendar, as the address has it; a phone begins with the list. */
export const usePlace = (): readonly [CalendarPlace, (change: Partial<CalendarPlace>) => void] => {
  const [params, setParams] = useSearchParams();
  const { timezone } = useSession();
  const isPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const today = wallDay(new Date().toISOString(), timezone);
  const place = useMemo(
    () => readPlace(params, { view: isPhone ? 'agenda' : 'month', date: today }),
    [params, isPhone, today],
  );
  const change = useCallback(
    (wish: Partial<CalendarPlace>) => setParams(writePlace({ ...place, ...wish }), { replace: true }),
    [place, setParams],
  );
  return [place, change];
};

/** The clock that times are told by, and the one they could be told by. */
export const useZones = ({ zone }: Pick<CalendarPlace, 'zone'>) => {
  const { timezone: workspace } = useSession();
  const browser = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { workspace, browser, shown: zone === 'browser' ? browser : workspace };
};
