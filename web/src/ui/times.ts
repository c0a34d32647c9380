import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';

/** Says instants in the workspace's zone and the person's language. */
export interface Times {
  readonly zone: string;
  /** "Sat 22 Nov, 10:05" */
  readonly moment: (iso: string) => string;
  /** "22 Nov 2026" */
  readonly day: (iso: string) => string;
  /** "10:05" */
  readonly clock: (iso: string) => string;
  /** "in 5 minutes", "2 hours ago" */
  readonly fromNow: (iso: string, nowMs: number) => string;
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Made at the first call: a formatter costs milliseconds, and a screen asks in dozens of places, mostly for one kind. */
const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const createTimes = (language: string, zone: string): Times => {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = lazily(() => new Intl.DateTimeFormat(language, { ...options, timeZone: zone }));
    return (iso: string) => formatter().format(new Date(iso));
  };
  const relative = lazily(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  return {
    zone,
    moment: format({
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
    day: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    clock: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    fromNow: (iso, nowMs) => {
      const seconds = Math.round((Date.parse(iso) - nowMs) / 1_000);
      const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
      return relative().format(Math.round(seconds / length), unit);
    },
  };
};

/** One for each language and zone. */
const made = new Map<string, Times>();

const timesIn = (language: string, zone: string): Times => {
  const key = `${language} ${zone}`;
  const times = made.get(key) ?? createTimes(language, zone);
  made.set(key, times);
  return times;
};

export const useTimes = (): Times => {
  const { i18n } = useTranslation();
  const { timezone } = useSession();
  return timesIn(i18n.language, timezone);
};
