import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconBooks,
  IconCalendar,
  IconChartLine,
  IconDeviceMobile,
  IconFlame,
  IconHeartRateMonitor,
  IconMail,
  IconPencil,
  IconPlaylist,
  IconSettings,
} from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';
import { loadAllWords } from './i18n/set-up-i18n.ts';
import { NowPage } from './now/now-page.tsx';

/** A page of the menu. Its words stand in the language files under `page.<name>`. */
export interface Page {
  readonly name: keyof (typeof import('./i18n/en.json'))['page'];
  /** As React Router writes it; what lies under it belongs to the page. */
  readonly path: string;
  readonly icon: ComponentType<{ size?: number | string; stroke?: number }>;
  /** `g`, then this key, goes there. */
  readonly key: string;
  readonly View: ComponentType;
  /** Fetches its code; absent: it comes with the app. */
  readonly load?: Load;
}

type Load = () => Promise<{ readonly default: ComponentType }>;

/** A page whose code and words are fetched when it is opened. */
const fetched = (load: Load): Pick<Page, 'View' | 'load'> => ({
  View: lazy(async () => (await Promise.all([load(), loadAllWords()]))[0]),
  load,
});

/** In the order of the menu. The server answers these paths with the app: see `src/infra/http/web-app.ts`. */
export const PAGES: readonly Page[] = [
  { name: 'now', path: '/', icon: IconHeartRateMonitor, key: 'n', View: NowPage },
  {
    name: 'calendar',
    path: '/calendar',
    icon: IconCalendar,
    key: 'c',
    ...fetched(() => import('./calendar/calendar-page.tsx')),
  },
  {
    name: 'compose',
    path: '/compose',
    icon: IconPencil,
    key: 'p',
    ...fetched(() => import('./compose/compose-page.tsx')),
  },
  {
    name: 'library',
    path: '/library',
    icon: IconBooks,
    key: 'l',
    ...fetched(() => import('./library/library-page.tsx')),
  },
  {
    name: 'queues',
    path: '/queues',
    icon: IconPlaylist,
    key: 'q',
    ...fetched(() => import('./queues/queues-page.tsx')),
  },
  {
    name: 'routes',
    path: '/routes',
    icon: IconArrowsSplit2,
    key: 'r',
    ...fetched(() => import('./routes/routes-page.tsx')),
  },
  {
    name: 'accounts',
    path: '/accounts',
    icon: IconDeviceMobile,
    key: 'a',
    ...fetched(() => import('./accounts/accounts-page.tsx')),
  },
  {
    name: 'incidents',
    path: '/incidents',
    icon: IconAlertTriangle,
    key: 'i',
    ...fetched(() => import('./incidents/incidents-page.tsx')),
  },
  {
    name: 'drills',
    path: '/drills',
    icon: IconFlame,
    key: 'd',
    ...fetched(() => import('./drills/drills-page.tsx')),
  },
  {
    name: 'audience',
    path: '/audience',
    icon: IconMail,
    key: 'u',
    ...fetched(() => import('./audience/audience-page.tsx')),
  },
  {
    name: 'analytics',
    path: '/analytics',
    icon: IconChartLine,
    key: 'y',
    ...fetched(() => import('./analytics/analytics-page.tsx')),
  },
  {
    name: 'settings',
    path: '/settings',
    icon: IconSettings,
    key: 's',
    ...fetched(() => import('./settings/settings-page.tsx')),
  },
];

/** The page of an address; undefined: a door, or nothing of ours. */
export const pageAt = (pathname: string): Page | undefined =>
  PAGES.find(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)));
