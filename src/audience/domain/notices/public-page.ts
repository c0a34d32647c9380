import type { NoticeLink } from '../sending/template.port.js';

/** One video and every place where it is live now. */
export interface LiveVideo {
  readonly title: string;
  readonly publishedAt: Date;
  readonly places: readonly Omit<NoticeLink, 'title'>[];
}

/** A platform on which the workspace's posts do not go out as they should. */
export interface TroubledPlatform {
  readonly platformName: string;
  readonly region: string;
  readonly since: Date;
}

/** A notice in the public archive. */
export interface ArchivedNotice {
  readonly id: string;
  readonly kind: 'blackout' | 'all_clear';
  readonly platformName: string;
  readonly sentAt: Date;
}

/** What the public page of a workspace shows: where its videos are, whatever a platform does. */
export interface LinksPage {
  readonly workspaceName: string;
  readonly troubled: readonly TroubledPlatform[];
  readonly videos: readonly LiveVideo[];
  readonly notices: readonly ArchivedNotice[];
}

/** One notice as anybody may read it: nothing of any reader is in it. */
export interface NoticePage {
  readonly workspaceName: string;
  readonly subject: string;
  /** Plain text without the lines that are for its reader alone. */
  readonly text: string;
  readonly sentAt: Date;
  /** Address of the page with the present links. */
  readonly linksUrl: string;
}
