import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { TargetId, WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type CountedLink, Shortener, ShortLinks, type TargetLink } from '../../domain/links/links.port.js';
import { SHORT_PATH, shortCodeOf } from '../../domain/links/short-codes.js';

/** Where short links begin, and what makes their codes. */
export class ShortenerSettings {
  /**
   * @param key 32 bytes for this purpose alone (`SecretBox.derivedKey('links')`)
   * @param publicUrl where the outside reaches us; without it there are no short links
   */
  constructor(
    readonly key: Buffer,
    readonly publicUrl: string | undefined,
  ) {}
}

/** Short links of our own: no other service sees a link or a visitor. */
@Injectable()
export class OwnShortener extends Shortener {
  constructor(
    private readonly database: Database,
    private readonly settings: ShortenerSettings,
  ) {
    super();
  }

  get isOn(): boolean {
    return this.settings.publicUrl !== undefined;
  }

  addressOf(link: TargetLink): string {
    const { key, publicUrl } = this.settings;
    if (publicUrl === undefined) throw new Error('Without PUBLIC_URL there are no short links.');
    return `${publicUrl.replace(/\/+$/, '')}/${SHORT_PATH}/${shortCodeOf(key, link)}`;
  }

  async keep(links: readonly TargetLink[], tx: Tx): Promise<void> {
    if (links.length === 0) return;
    await this.database.affected(
      `insert into short_link (code, workspace_id, target_id, url)
       select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[]) on conflict (code) do nothing`,
      [
        links.map((link) => shortCodeOf(this.settings.key, link)),
        links.map(({ workspaceId }) => workspaceId),
        links.map(({ targetId }) => targetId),
        links.map(({ url }) => url),
      ],
      tx,
    );
  }
}

@Injectable()
export class ShortLinksRepository extends ShortLinks {
  constructor(private readonly database: Database) {
    super();
  }

  async visit(code: string): Promise<string | undefined> {
    const row = await this.database.row<{ url: string }>(
      `update short_link set visits = visits + 1, last_visit_at = now() where code = $1 returning url`,
      [code],
    );
    return row?.url;
  }

  async look(code: string): Promise<string | undefined> {
    return (await this.database.row<{ url: string }>(`select url from short_link where code = $1`, [code]))?.url;
  }

  async ofTarget(workspaceId: WorkspaceId, targetId: TargetId): Promise<CountedLink[] | undefined> {
    const links = await this.database.rows<CountedLink>(
      `select code, url, visits::float8 as visits, last_visit_at as "lastVisitAt" from short_link
        where workspace_id = $1 and target_id = $2 order by created_at, code`,
      [workspaceId, targetId],
    );
    if (links.length > 0) return links;
    const known = `select 1 from target where workspace_id = $1 and id = $2`;
    return (await this.database.row(known, [workspaceId, targetId])) ? [] : undefined;
  }
}
