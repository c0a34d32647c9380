import type { PlatformName } from '../../../platforms/domain/platform-name.js';

/** Parameters that tell where a visitor came from, without their prefix `utm_`. */
export const UTM_KEYS = ['source', 'medium', 'campaign', 'term', 'content'] as const;
export type Utm = Readonly<Partial<Record<(typeof UTM_KEYS)[number], string>>>;

const LINK = /https?:\/\/[^\s<>"“”«»]+/giu;

/** What ends a sentence and not a link. */
const TRAILING = /[.,;:!?…'’*\])}]$/u;

/** The link without the signs of the sentence around it; a bracket that the link itself opened belongs to it. */
const trimmed = (link: string): string => {
  let rest = link;
  while (TRAILING.test(rest)) {
    const last = rest.at(-1);
    const opened = last === ')' && rest.split('(').length >= rest.split(')').length;
    if (opened) break;
    rest = rest.slice(0, -1);
  }
  return rest;
};

/** Whether a link leads to one of the domains, or below it. Not a link that only looks so (`https://ours@other`). */
export const leadsTo = (link: string, domains: readonly string[]): boolean => {
  const host = URL.parse(link)?.hostname;
  return host !== undefined && domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
};

/** The caption with each link that leads to `domains` as `change` has it; nothing else is touched. */
export const changeLinks = (caption: string, domains: readonly string[], change: (link: string) => string): string =>
  caption.replaceAll(LINK, (found) => {
    const link = trimmed(found);
    return leadsTo(link, domains) ? change(link) + found.slice(link.length) : found;
  });

/** The link with the parameters that it does not have yet, behind its own; the rest stays byte for byte. */
export const withUtm = (link: string, utm: Utm): string => {
  const [, page = '', fragment = ''] = /^([^#]*)(#.*)?$/su.exec(link) ?? [];
  const own = URL.parse(link)?.searchParams;
  const added = UTM_KEYS.flatMap((key) => {
    const value = utm[key];
    return value === undefined || own?.has(`utm_${key}`) ? [] : [`utm_${key}=${encodeURIComponent(value)}`];
  });
  if (added.length === 0) return link;
  const glue = !page.includes('?') ? '?' : /[?&]$/u.test(page) ? '' : '&';
  return page + glue + added.join('&') + fragment;
};

/** The parameters for a platform, its own before those for all, with `{platform}` and `{post}` filled in. */
export const utmFor = (
  settings: Readonly<Partial<Record<PlatformName | '*', Utm>>>,
  { platform, postId }: { readonly platform: PlatformName; readonly postId: string },
): Utm => {
  const merged = { ...settings['*'], ...settings[platform] };
  return Object.fromEntries(
    Object.entries(merged).map(([key, value]) => [
      key,
      value.replaceAll('{platform}', platform).replaceAll('{post}', postId),
    ]),
  );
};
