import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Times on the clock that the calendar shows, in the person's language. */
export const useMoment = (zone: string) => {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
    const day = { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone } as const;
    const clocks = new Intl.DateTimeFormat(i18n.language, clock);
    const days = new Intl.DateTimeFormat(i18n.language, day);
    const moments = new Intl.DateTimeFormat(i18n.language, {
      ...clock,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
    });
    return {
      /** "10:05" */
      clock: (iso: string) => clocks.format(new Date(iso)),
      /** "Sunday 22 November" */
      day: (iso: string) => days.format(new Date(iso)),
      /** "Sun 22 Nov, 10:05" */
      moment: (iso: string) => moments.format(new Date(iso)),
    };
  }, [i18n.language, zone]);
};
