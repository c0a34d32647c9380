import type { PlatformName } from '../../../platforms/domain/platform-name.js';

/**
 * Shapes that status pages have (`platforms.md` 7.3):
 * `statuspage` (`api/v2/summary.json`), `rss` (RSS 2.0 and Atom), `meta` (`data/orgs.json`), `google`
 * (`incidents.json`), `uptimerobot` (`api/getMonitorList`).
 */
export const FEED_FORMATS = ['statuspage', 'rss', 'meta', 'google', 'uptimerobot'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

/** How bad a page says it is, in Statuspage's words. */
export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A public page that speaks about a platform, or about somebody the platform stands on. */
export interface FeedDraft {
  /** What people call it; unique in the instance. */
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly format: FeedFormat;
  /** Whose health it is evidence for. */
  readonly platform: PlatformName;
  /** Absent: every region. */
  readonly region?: string;
  /** Only trouble of this component counts, compared without case; absent: everything on the page. */
  readonly service?: string;
  /** Milder trouble is not counted. */
  readonly leastSeverity: Severity;
  /** Between two looks, seconds; 60 or more for pages of strangers. */
  readonly everySeconds: number;
}

export interface Feed extends FeedDraft {
  readonly id: string;
  readonly isBuiltIn: boolean;
  readonly createdAt: Date;
}

/** One trouble that a page admits. */
export interface FeedNews {
  /** The same as long as it is the same trouble. */
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
  /** When the page last said something about it, by its own clock. */
  readonly updatedAt?: Date;
}

/** Whether the page admits trouble. `unknown`: it could not be read, which is neither good news nor bad. */
export const FEED_VERDICTS = ['red', 'green', 'unknown'] as const;
export type FeedVerdict = (typeof FEED_VERDICTS)[number];

export type FeedReading =
  | { readonly verdict: 'red'; readonly news: readonly FeedNews[] }
  | { readonly verdict: 'green' }
  | { readonly verdict: 'unknown'; readonly why: string };

/** 0 for minor, 2 for critical. */
export const gradeOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

export const worstSeverity = (news: readonly FeedNews[]): Severity =>
  news.reduce<Severity>((worst, { severity }) => (gradeOf(severity) > gradeOf(worst) ? severity : worst), 'minor');
