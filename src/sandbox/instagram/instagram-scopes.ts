import type { Flavour } from './instagram-state.js';

/** What a call needs, whatever the login calls it. */
export type Permission = 'basic' | 'publish' | 'insights' | 'delete' | 'pages';

/** Names of the permissions by login (`platforms.md` 2.1); `undefined`: this login has none for it. */
const SCOPE_OF: Readonly<Record<Flavour, Readonly<Record<Permission, string | undefined>>>> = {
  instagram: {
    basic: 'instagram_business_basic',
    publish: 'instagram_business_content_publish',
    insights: 'instagram_business_manage_insights',
    delete: undefined,
    pages: undefined,
  },
  facebook: {
    basic: 'instagram_basic',
    publish: 'instagram_content_publish',
    insights: 'instagram_manage_insights',
    delete: 'instagram_manage_contents',
    pages: 'pages_show_list',
  },
};

/** Every permission a consent page knows; others are refused. */
export const KNOWN_SCOPES: Readonly<Record<Flavour, readonly string[]>> = {
  instagram: [
    'instagram_business_basic',
    'instagram_business_content_publish',
    'instagram_business_manage_insights',
    'instagram_business_manage_comments',
    'instagram_business_manage_messages',
  ],
  facebook: [
    'public_profile',
    'instagram_basic',
    'instagram_content_publish',
    'pages_show_list',
    'pages_read_engagement',
    'instagram_manage_insights',
    'business_management',
    'instagram_manage_contents',
    'instagram_manage_comments',
  ],
};

export const hasPermission = (flavour: Flavour, scopes: readonly string[], permission: Permission): boolean =>
  scopes.includes(SCOPE_OF[flavour][permission] ?? '');
