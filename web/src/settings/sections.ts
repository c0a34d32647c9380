import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type en from '../i18n/en.json';

export interface Section {
  /** In the address, and of its words under `settings.section`. */
  readonly name: keyof (typeof en)['settings']['section'];
  /** Who lacks it does not see the section; the server decides anyway. */
  readonly needs?: string;
  readonly View: LazyExoticComponent<ComponentType>;
}

export const SECTIONS: readonly Section[] = [
  { name: 'profile', View: lazy(() => import('./profile/profile-section.tsx')) },
  { name: 'workspace', needs: 'admin', View: lazy(() => import('./workspace-section.tsx')) },
  { name: 'members', needs: 'admin', View: lazy(() => import('./access/members-section.tsx')) },
  { name: 'keys', needs: 'admin', View: lazy(() => import('./access/keys-section.tsx')) },
  { name: 'webhooks', needs: 'webhooks:read', View: lazy(() => import('./webhooks/webhooks-section.tsx')) },
  { name: 'notifications', needs: 'webhooks:read', View: lazy(() => import('./notices/channels-section.tsx')) },
  { name: 'approvals', needs: 'admin', View: lazy(() => import('./approvals-section.tsx')) },
  { name: 'feeds', needs: 'posts:write', View: lazy(() => import('./feeds-section.tsx')) },
  { name: 'mail', needs: 'audience:write', View: lazy(() => import('./mail/mail-section.tsx')) },
  { name: 'sms', needs: 'audience:write', View: lazy(() => import('./mail/sms-section.tsx')) },
  { name: 'newsletter', needs: 'audience:write', View: lazy(() => import('./mail/newsletter-section.tsx')) },
];
