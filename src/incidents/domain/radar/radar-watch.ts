import type { PlatformName } from '../../../platforms/domain/platform-name.js';

/** An app in Apple's chart of free apps in one country (`platforms.md` 7.4). */
export interface AppRankSubject {
  readonly kind: 'app_rank';
  /** Two small letters, as Apple writes countries. */
  readonly country: string;
  /** Apple's genre, for example 6005 (Social Networking); absent: the overall chart. */
  readonly genre?: number;
  /** Apple's number of the app; where it is unknown, name and artist as the chart shows them. */
  readonly appId?: string;
  readonly appName?: string;
  readonly artist?: string;
}

/** People who say that something is down: the AT Protocol firehose, or an RSS feed of any kind. */
export interface MentionsSubject {
  readonly kind: 'mentions';
  readonly from: 'firehose' | 'rss';
  /** Of the feed, when `from` is `rss`. */
  readonly url?: string;
  /** What must be named: one of these. */
  readonly names: readonly string[];
  /** What must be said of it: one of these. */
  readonly troubles: readonly string[];
}

export type RadarSubject = AppRankSubject | MentionsSubject;
export const RADAR_KINDS = ['app_rank', 'mentions'] as const;
export type RadarKind = (typeof RADAR_KINDS)[number];

/** One thing the radar follows. Belongs to the instance. */
export interface RadarWatchDraft {
  /** For people. */
  readonly title: string;
  /** Whose health mentions are a word about; for ranks, what the app is. */
  readonly platform?: PlatformName;
  readonly region?: string;
  readonly subject: RadarSubject;
}

export interface RadarWatch extends RadarWatchDraft {
  readonly id: string;
  readonly createdAt: Date;
}

/** One place in a series. */
export interface RadarPoint {
  /** Of the look; for mentions the start of the hour. */
  readonly at: Date;
  /** A rank, 1 is first; or how many mentions. null: not in the chart, so worse than its last place. */
  readonly value: number | null;
  /** Mentions: how much of the hour was listened to, seconds, 0..3600. */
  readonly coveredSeconds: number;
}

/** Of an alarm's sentence, characters. */
export const MAX_SUMMARY = 300;

/** Something out of the ordinary. */
export interface RadarAlarm {
  /** One sentence for a person, at most 300 characters. */
  readonly summary: string;
  readonly value: number;
  /** What was usual. */
  readonly baseline: number;
  /** From where on it is an alarm. */
  readonly threshold: number;
}

export interface RadarAlert extends RadarAlarm {
  readonly id: string;
  readonly watchId: string;
  readonly openedAt: Date;
  readonly closedAt?: Date;
}

/** What a look at a series says about its alert. `none`: too little is known to say. */
export type RadarJudgement =
  | { readonly kind: 'alarm'; readonly alarm: RadarAlarm }
  | { readonly kind: 'calm' }
  | { readonly kind: 'uneasy' }
  | { readonly kind: 'none' };

/** Words for trouble, where a watch names none of its own. */
export const USUAL_TROUBLES: readonly string[] = [
  'down',
  'outage',
  'not working',
  'isn’t working',
  "isn't working",
  'not loading',
  'won’t load',
  "won't load",
  'broken',
  'crashed',
  'crashing',
  'glitch',
  'glitching',
  'can’t post',
  "can't post",
  'can’t upload',
  "can't upload",
  '0 views',
  'zero views',
];
