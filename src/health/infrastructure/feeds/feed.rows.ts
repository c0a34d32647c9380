import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { FeedKnowledge } from '../../domain/feeds/advisory.js';
import type { DueFeed } from '../../domain/feeds/feeds.port.js';

/** Knowledge as JSON keeps it. */
interface StoredKnowledge extends Omit<FeedKnowledge, 'changedAt' | 'until'> {
  readonly changedAt: string;
  readonly until?: string;
}

export interface FeedRow {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly format: DueFeed['format'];
  readonly platform: PlatformName;
  readonly region: string | null;
  readonly service: string | null;
  readonly leastSeverity: DueFeed['leastSeverity'];
  readonly everySeconds: number;
  readonly isBuiltIn: boolean;
  readonly createdAt: Date;
  readonly knowledge: StoredKnowledge | null;
  readonly lookedAt: Date | null;
  readonly failures: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export const FEED_COLUMNS = `id, name, title, url, format, platform, region, service,
  least_severity as "leastSeverity", every_seconds as "everySeconds", built_in as "isBuiltIn",
  created_at as "createdAt", knowledge, looked_at as "lookedAt", failures, etag, last_modified as "lastModified"`;

export const toFeed = (row: FeedRow): DueFeed => {
  const { region, service, knowledge, lookedAt, etag, lastModified, ...rest } = row;
  return {
    ...rest,
    ...(region === null ? {} : { region }),
    ...(service === null ? {} : { service }),
    ...(knowledge === null ? {} : { knowledge: toKnowledge(knowledge) }),
    ...(lookedAt === null ? {} : { lookedAt }),
    ...(etag === null ? {} : { etag }),
    ...(lastModified === null ? {} : { lastModified }),
  };
};

const toKnowledge = ({ changedAt, until, ...rest }: StoredKnowledge): FeedKnowledge => ({
  ...rest,
  changedAt: new Date(changedAt),
  ...(until === undefined ? {} : { until: new Date(until) }),
});
