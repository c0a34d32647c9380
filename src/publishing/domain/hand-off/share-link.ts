import type { PlatformName } from '../../../platforms/domain/platform-name.js';

interface ShareLinks {
  readonly example: string;
  readonly pattern: RegExp;
}

/**
 * How links to a post look. UpScrolled's is known from one third-party tool only (`platforms.md` section 5), so it is
 * a hint beside the field and never a gate.
 */
const SHARE_LINKS: Readonly<Partial<Record<PlatformName, ShareLinks>>> = {
  upscrolled: {
    example: 'https://share.upscrolled.com/en/post/…',
    pattern: /^https:\/\/share\.upscrolled\.com\/[a-z-]+\/post\/[A-Za-z0-9_-]+$/,
  },
};

export const shareLinkExample = (platform: PlatformName): string => SHARE_LINKS[platform]?.example ?? 'https://…';

/** A sentence when a link does not look like one of this platform; undefined when it does, or nobody knows. */
export const shareLinkHint = (platform: PlatformName, link: string | undefined): string | undefined => {
  const known = SHARE_LINKS[platform];
  if (link === undefined || !known || known.pattern.test(link)) return undefined;
  return `This is kept as given, but links to posts there usually look like ${known.example}`;
};

const MAX_LINK = 500;

/** A link as a person pasted it; refused when it is no https address. */
export type GivenLink =
  { readonly kind: 'none' } | { readonly kind: 'link'; readonly link: string } | { readonly kind: 'refused' };

export const readLink = (text: unknown): GivenLink => {
  if (typeof text !== 'string' || text.trim() === '') return { kind: 'none' };
  const link = text.trim();
  // A URL's parser overlooks control characters, the database does not.
  if (link.length > MAX_LINK || /\p{Cc}/u.test(link) || !URL.canParse(link)) return { kind: 'refused' };
  const { protocol, username, password } = new URL(link);
  return protocol === 'https:' && username === '' && password === '' ? { kind: 'link', link } : { kind: 'refused' };
};
