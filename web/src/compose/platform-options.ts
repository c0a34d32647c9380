import type { PlatformName } from '../ui/platforms.ts';

/** One thing a platform lets one choose; its words stand under `compose.option.<name>`. */
export type OptionField =
  | { readonly name: OptionName; readonly kind: 'switch'; readonly isOnByDefault?: boolean }
  | { readonly name: OptionName; readonly kind: 'text' | 'long' | 'list' | 'cover' }
  | { readonly name: OptionName; readonly kind: 'choice'; readonly choices: readonly string[] };

export type OptionName = keyof (typeof import('../i18n/en.json'))['compose']['option'];

const toggle = (name: OptionName, isOnByDefault = false): OptionField => ({ name, kind: 'switch', isOnByDefault });

/** As the adapters read `options` (their `*.init-request`, `*.metadata`, `*.fields`, `*.record`, `*.message`). */
export const PLATFORM_OPTIONS: Readonly<Record<PlatformName, readonly OptionField[]>> = {
  tiktok: [
    {
      name: 'privacyLevel',
      kind: 'choice',
      choices: ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR', 'SELF_ONLY'],
    },
    { name: 'coverTimestampMs', kind: 'cover' },
    toggle('disableComment'),
    toggle('disableDuet'),
    toggle('disableStitch'),
    toggle('brandContent'),
    toggle('brandOrganic'),
    toggle('isAiGenerated'),
  ],
  reels: [
    toggle('shareToFeed', true),
    { name: 'thumbOffsetMs', kind: 'cover' },
    { name: 'audioName', kind: 'text' },
    { name: 'collaborators', kind: 'list' },
    { name: 'trialGraduation', kind: 'choice', choices: ['MANUAL', 'SS_PERFORMANCE'] },
    toggle('isAiGenerated'),
  ],
  shorts: [
    { name: 'privacyStatus', kind: 'choice', choices: ['public', 'unlisted', 'private'] },
    { name: 'categoryId', kind: 'text' },
    { name: 'language', kind: 'text' },
    { name: 'license', kind: 'choice', choices: ['youtube', 'creativeCommon'] },
    toggle('embeddable', true),
    toggle('notifySubscribers', true),
    toggle('madeForKids'),
    toggle('isAiGenerated'),
  ],
  skylight: [
    { name: 'firstComment', kind: 'long' },
    { name: 'alt', kind: 'long' },
    { name: 'langs', kind: 'list' },
  ],
  discord: [toggle('attachVideo', true)],
  telegram: [{ name: 'parseMode', kind: 'choice', choices: ['HTML'] }, toggle('disableNotification')],
  upscrolled: [],
};
