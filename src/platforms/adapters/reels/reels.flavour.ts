import type { Credentials } from '../../domain/publish-outcome.js';

/** Which login an account came through; each has its own host, tokens and permissions. */
export const FLAVOURS = ['instagram', 'facebook'] as const;
export type ReelsFlavour = (typeof FLAVOURS)[number];

/** The login of these credentials; `instagram` where they do not say. */
export const flavourOf = (credentials: Credentials): ReelsFlavour =>
  credentials['flavour'] === 'facebook' ? 'facebook' : 'instagram';

/** Names of permissions by login (`platforms.md` 2.1). */
export interface FlavourScopes {
  /** Without these nothing can be published. */
  readonly required: readonly string[];
  /** Asked for; what fails without each, as a sentence for the user. */
  readonly optional: Readonly<Record<string, string>>;
}

const NO_VIEWS = 'Views cannot be counted';
const NO_DELETE = 'Posts cannot be deleted from here';

export const SCOPES: Readonly<Record<ReelsFlavour, FlavourScopes>> = {
  instagram: {
    required: ['instagram_business_basic', 'instagram_business_content_publish'],
    optional: { instagram_business_manage_insights: NO_VIEWS },
  },
  facebook: {
    required: ['instagram_basic', 'instagram_content_publish', 'pages_show_list', 'pages_read_engagement'],
    optional: {
      instagram_manage_insights: NO_VIEWS,
      business_management: 'Pages that belong to a business portfolio may be missing',
      instagram_manage_contents: NO_DELETE,
    },
  },
};

/** Everything the consent page is asked for, comma separated. */
export const askedScopes = (flavour: ReelsFlavour): string =>
  [...SCOPES[flavour].required, ...Object.keys(SCOPES[flavour].optional)].join(',');

/** What will not work with these scopes; nothing is said where they could not be read. */
export const scopeNotices = (flavour: ReelsFlavour, granted: readonly string[] | undefined): readonly string[] =>
  granted === undefined
    ? []
    : Object.entries(SCOPES[flavour].optional)
        .filter(([scope]) => !granted.includes(scope))
        .map(([scope, without]) => `${without}: ${scope} was not granted.`);
