import { Injectable } from '@nestjs/common';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import { HealthView } from '../../../health/index.js';
import { Database } from '../../../infra/database/database.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { StatusFacts } from '../../domain/status/status.ports.js';
import type {
  StatusIncident,
  StatusPlatform,
  StatusSignUp,
  StatusSnapshot,
  StatusVideo,
} from '../../domain/status/status-snapshot.js';
import type { UpdateStatus } from '../../domain/updates/incident-update.js';
import { COPIES, INCIDENTS, PAGE, PLATFORMS, SIGN_UPS, UPDATES } from './status-facts.sql.js';

interface CopyRow {
  readonly occurrenceId: string;
  readonly platform: string;
  readonly url: string;
  readonly publishedAt: Date;
  readonly title: string;
  readonly insteadOf: string | null;
}
interface IncidentRow {
  readonly id: string;
  readonly platform: string;
  readonly worstState: 'degraded' | 'down';
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}
interface UpdateRow {
  readonly id: string;
  readonly incidentId: string;
  readonly feature: string;
  readonly status: UpdateStatus;
  readonly text: string;
  readonly at: Date;
}

@Injectable()
export class StatusFactsRepository extends StatusFacts {
  constructor(
    private readonly database: Database,
    private readonly health: HealthView,
  ) {
    super();
  }

  async read(slug: string): Promise<StatusSnapshot | undefined> {
    type Page = Pick<StatusSnapshot, 'workspaceName' | 'brandColor'> & { readonly id: string; readonly asOf: Date };
    const page = await this.database.row<Page>(PAGE, [slug]);
    if (!page) return undefined;
    const { id: workspaceId, workspaceName, brandColor, asOf } = page;
    const [platforms, copies, incidents, signUps] = await Promise.all([
      this.platforms(workspaceId),
      this.database.rows<CopyRow>(COPIES, [workspaceId]),
      this.incidents(workspaceId),
      this.database.rows<StatusSignUp>(SIGN_UPS, [workspaceId]),
    ]);
    const videos = videosOf(copies);
    return { slug, workspaceName, brandColor, asOf: asOf.toISOString(), platforms, videos, incidents, signUps };
  }

  async slugs(limit: number): Promise<readonly string[]> {
    const rows = await this.database.rows<{ slug: string }>(
      'select status_slug as slug from workspace where status_slug is not null order by id limit $1',
      [limit],
    );
    return rows.map(({ slug }) => slug);
  }

  private async platforms(workspaceId: string): Promise<StatusPlatform[]> {
    const places = await this.database.rows<{ platform: string; region: string }>(PLATFORMS, [workspaceId]);
    await this.health.notOlderThan(SECOND_MS);
    return places.map(({ platform, region }) => ({
      name: platformTitle(platform),
      region: places.filter((other) => other.platform === platform).length > 1 ? region : null,
      state: this.health.stateOf(platform, region, workspaceId).state,
    }));
  }

  private async incidents(workspaceId: string): Promise<StatusIncident[]> {
    const incidents = await this.database.rows<IncidentRow>(INCIDENTS, [workspaceId]);
    const ids = incidents.map(({ id }) => id);
    const updates = ids.length === 0 ? [] : await this.database.rows<UpdateRow>(UPDATES, [workspaceId, ids]);
    return incidents.map(({ id, platform, worstState, openedAt, closedAt }) => ({
      ...{ id, worstState, platformName: platformTitle(platform) },
      openedAt: openedAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
      updates: updates.filter(({ incidentId }) => incidentId === id).map(toUpdate),
    }));
  }
}

const toUpdate = ({ id, feature, status, text, at }: UpdateRow) => ({
  ...{ id, feature, status, text },
  at: at.toISOString(),
});

/** One entry per run of a post, as its first copy calls it. */
const videosOf = (copies: readonly CopyRow[]): StatusVideo[] =>
  [...Map.groupBy(copies, ({ occurrenceId }) => occurrenceId).values()].flatMap((of) => {
    const [first] = of;
    if (!first) return [];
    const places = of.map(({ platform, url, insteadOf }) => ({
      platformName: platformTitle(platform),
      url,
      insteadOf: insteadOf === null ? null : platformTitle(insteadOf),
    }));
    return [{ title: first.title, publishedAt: first.publishedAt.toISOString(), places }];
  });
