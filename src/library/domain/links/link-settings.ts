import { DomainError, type Violation } from '../../../kernel/domain-error.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import { isStorableText } from '../post-rules.js';
import { type Utm, UTM_KEYS } from './caption-links.js';

/** What becomes of links in captions when targets are frozen. */
export interface LinkSettings {
  /** Hosts whose links are ours, with all below them, in lower case and ASCII; none: links stay as they are. */
  readonly domains: readonly string[];
  /** By platform; `*` for every one, its own keys first. */
  readonly utm: Readonly<Partial<Record<PlatformName | '*', Utm>>>;
  /** Whether links of ours become short ones of this installation. */
  readonly shorten: boolean;
}

export const NO_LINK_SETTINGS: LinkSettings = { domains: [], utm: {}, shorten: false };

export const MAX_DOMAINS = 20;
/** Longest value of a parameter, UTF-16 units. */
export const MAX_UTM_VALUE = 100;

/** A host as links are compared with it; undefined for what is no name of a host. */
export const domainOf = (text: string): string | undefined => {
  const name = text.trim().toLowerCase();
  if (!/^[^\s/:@?#\\%[\]]+\.[^\s/:@?#\\%[\]]+$/u.test(name)) return undefined;
  return URL.parse(`https://${name}`)?.hostname.replace(/\.$/, '');
};

const domainFaults = (domains: readonly string[]): Violation[] => {
  const faults = domains.flatMap((domain, index) => {
    const message = `${domain} is no host. Send a name like example.com, without https:// and path.`;
    return domainOf(domain) === undefined ? [{ field: `domains.${index}`, rule: 'domain.form', message }] : [];
  });
  if (domains.length <= MAX_DOMAINS) return faults;
  const message = `At most ${MAX_DOMAINS} domains; this has ${domains.length}.`;
  return [{ field: 'domains', rule: 'domains.max', message, limit: MAX_DOMAINS, actual: domains.length }, ...faults];
};

const utmFaults = (utm: Readonly<Record<string, unknown>>): Violation[] =>
  Object.entries(utm).flatMap(([platform, values]): Violation[] => {
    const field = `utm.${platform}`;
    if (platform !== '*' && !(PLATFORM_NAMES as readonly string[]).includes(platform))
      return [{ field, rule: 'unknownField', message: `utm knows * and ${PLATFORM_NAMES.join(', ')}.` }];
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      return [{ field, rule: 'utm.form', message: `${field} must be an object of ${UTM_KEYS.join(', ')}.` }];
    return Object.entries(values).flatMap(([key, value]) => valueFaults(`${field}.${key}`, key, value));
  });

const valueFaults = (field: string, key: string, value: unknown): Violation[] => {
  if (!(UTM_KEYS as readonly string[]).includes(key))
    return [{ field, rule: 'unknownField', message: `Parameters are ${UTM_KEYS.join(', ')}, without utm_.` }];
  const isGood = typeof value === 'string' && value.trim() !== '' && value.length <= MAX_UTM_VALUE;
  if (isGood && isStorableText(value)) return [];
  const message = `${field} must be a text of 1 to ${MAX_UTM_VALUE} characters. {platform} and {post} are filled in.`;
  return [{ field, rule: 'utm.value', message, limit: MAX_UTM_VALUE }];
};

/** Reads settings as they were sent. @throws DomainError `links.invalid` that names every fault */
export const readLinkSettings = (given: {
  readonly domains: readonly string[];
  readonly utm: Readonly<Record<string, unknown>>;
  readonly shorten: boolean;
}): LinkSettings => {
  const faults = [...domainFaults(given.domains), ...utmFaults(given.utm)];
  if (faults.length > 0) throw new DomainError('invalid', 'links.invalid', faults[0]?.message ?? '', {}, faults);
  const domains = [...new Set(given.domains.map((domain) => domainOf(domain) ?? ''))];
  return { domains, utm: given.utm, shorten: given.shorten };
};

export const noPublicUrl = (): DomainError =>
  new DomainError(
    'conflict',
    'links.no_public_url',
    'Short links need an address at which the world reaches this installation. Set PUBLIC_URL, or send shorten false.',
  );
