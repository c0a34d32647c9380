import { DomainError, type Violation } from '../../../kernel/domain-error.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import {
  type AppRankSubject,
  type MentionsSubject,
  type RadarKind,
  type RadarWatchDraft,
  USUAL_TROUBLES,
} from './radar-watch.js';

/** What a person asks to be followed; which fields matter depends on the kind. */
export interface RadarAsk {
  readonly kind: RadarKind;
  readonly title?: string | undefined;
  readonly platform?: PlatformName | undefined;
  readonly region?: string | undefined;
  readonly country?: string | undefined;
  readonly genre?: number | undefined;
  readonly appId?: string | undefined;
  readonly appName?: string | undefined;
  readonly artist?: string | undefined;
  readonly from?: 'firehose' | 'rss' | undefined;
  readonly url?: string | undefined;
  readonly names?: readonly string[] | undefined;
  readonly troubles?: readonly string[] | undefined;
}

/** Apple's numbers (`platforms.md` 7.4, from memory there and unverified); Skylight's and UpScrolled's are not known. */
const APP_IDS: Partial<Readonly<Record<PlatformName, string>>> = {
  tiktok: '835599320',
  reels: '389801252',
  shorts: '544007664',
};

/** How people call the platforms. */
const NAMES: Readonly<Record<PlatformName, readonly string[]>> = {
  tiktok: ['tiktok', 'tik tok'],
  reels: ['instagram', 'insta'],
  shorts: ['youtube'],
  skylight: ['bluesky', 'bsky', 'skylight'],
  discord: ['discord'],
  telegram: ['telegram'],
  upscrolled: ['upscrolled'],
};

/**
 * The watch that was asked for.
 * @throws DomainError `radar.incomplete`, naming every field that is missing
 */
export const radarDraft = (ask: RadarAsk): RadarWatchDraft => {
  const subject = ask.kind === 'app_rank' ? appRankOf(ask) : mentionsOf(ask);
  return {
    title: ask.title ?? titleOf(subject, ask.platform),
    subject,
    ...(ask.platform === undefined ? {} : { platform: ask.platform }),
    ...(ask.region === undefined ? {} : { region: ask.region }),
  };
};

const appRankOf = ({ country, genre, platform, appName, artist, ...ask }: RadarAsk): AppRankSubject => {
  const known = platform === undefined || appName !== undefined ? undefined : APP_IDS[platform];
  const appId = ask.appId ?? known;
  const faults = [
    ...(country === undefined ? [missing('country', 'Name the country of the shop, for example us.')] : []),
    ...(appId === undefined && appName === undefined
      ? [missing('appId', 'Give the number of the app in the App Store, or appName as the shop shows it.')]
      : []),
  ];
  if (country === undefined || faults.length > 0) throw incomplete(faults);
  return {
    kind: 'app_rank',
    country,
    ...(genre === undefined ? {} : { genre }),
    ...(appId === undefined ? {} : { appId }),
    ...(appName === undefined ? {} : { appName }),
    ...(artist === undefined ? {} : { artist }),
  };
};

const mentionsOf = ({ from = 'firehose', url, platform, names, troubles }: RadarAsk): MentionsSubject => {
  const called = names ?? (platform === undefined ? undefined : NAMES[platform]);
  const faults = [
    ...(called === undefined ? [missing('names', 'Say what people call it, or name the platform.')] : []),
    ...(from === 'rss' && url === undefined ? [missing('url', 'Give the address of the RSS feed.')] : []),
  ];
  if (called === undefined || faults.length > 0) throw incomplete(faults);
  return {
    kind: 'mentions',
    from,
    names: called,
    troubles: troubles ?? USUAL_TROUBLES,
    ...(from === 'rss' && url !== undefined ? { url } : {}),
  };
};

const titleOf = (subject: AppRankSubject | MentionsSubject, platform?: PlatformName): string =>
  (subject.kind === 'app_rank'
    ? (subject.appName ?? platform ?? `App ${subject.appId}`)
    : `${subject.names[0]} ${subject.troubles[0]}`
  ).slice(0, 120);

const missing = (field: string, message: string): Violation => ({ field, rule: 'required', message });

const incomplete = (faults: readonly Violation[]) =>
  new DomainError(
    'invalid',
    'radar.incomplete',
    `This watch needs ${faults.map(({ field }) => field).join(' and ')}. ${faults.map(({ message }) => message).join(' ')}`,
    {},
    faults,
  );
