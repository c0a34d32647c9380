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
import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { loadAllWords } from './i18n/set-up-i18n.ts';

/** A page of the menu. Its words stand in the language files under `page.<name>`. */
export interface Page {
  readonly name: keyof (typeof import('./i18n/en.json'))['page'];
  /** As React Router writes it; what lies under it belongs to the page. */
  readonly path: string;
  readonly icon: ComponentType<{ size?: number | string; stroke?: number }>;
  /** `g`, then this key, goes there. */
  readonly key: string;
  readonly View: LazyExoticComponent<ComponentType>;
}

type Load = () => Promise<{ readonly default: ComponentType }>;

/** A page whose words come with it. */
const withWords = (load: Load): Page['View'] => lazy(async () => (await Promise.all([load(), loadAllWords()]))[0]);

/** In the order of the menu. The server answers these paths with the app: see `src/infra/http/web-app.ts`. */
export const PAGES: readonly Page[] = [
  { name: 'now', path: '/', icon: IconHeartRateMonitor, key: 'n', View: lazy(() => import('./now/now-page.tsx')) },
  {
    name: 'calendar',
    path: '/calendar',
    icon: IconCalendar,
    key: 'c',
    View: withWords(() => import('./calendar/calendar-page.tsx')),
  },
  {
    name: 'compose',
    path: '/compose',
    icon: IconPencil,
    key: 'p',
    View: withWords(() => import('./compose/compose-page.tsx')),
  },
  {
    name: 'library',
    path: '/library',
    icon: IconBooks,
    key: 'l',
    View: withWords(() => import('./library/library-page.tsx')),
  },
  {
    name: 'queues',
    path: '/queues',
    icon: IconPlaylist,
    key: 'q',
    View: withWords(() => import('./queues/queues-page.tsx')),
  },
  {
    name: 'routes',
    path: '/routes',
    icon: IconArrowsSplit2,
    key: 'r',
    View: withWords(() => import('./routes/routes-page.tsx')),
  },
  {
    name: 'accounts',
    path: '/accounts',
    icon: IconDeviceMobile,
    key: 'a',
    View: withWords(() => import('./accounts/accounts-page.tsx')),
  },
  {
    name: 'incidents',
    path: '/incidents',
    icon: IconAlertTriangle,
    key: 'i',
    View: withWords(() => import('./incidents/incidents-page.tsx')),
  },
  {
    name: 'drills',
    path: '/drills',
    icon: IconFlame,
    key: 'd',
    View: withWords(() => import('./drills/drills-page.tsx')),
  },
  {
    name: 'audience',
    path: '/audience',
    icon: IconMail,
    key: 'u',
    View: withWords(() => import('./audience/audience-page.tsx')),
  },
  {
    name: 'analytics',
    path: '/analytics',
    icon: IconChartLine,
    key: 'y',
    View: withWords(() => import('./analytics/analytics-page.tsx')),
  },
  {
    name: 'settings',
    path: '/settings',
    icon: IconSettings,
    key: 's',
    View: withWords(() => import('./settings/settings-page.tsx')),
  },
];
