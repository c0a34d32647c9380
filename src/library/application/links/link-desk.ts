import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { TargetId, WorkspaceId } from '../../../kernel/ids.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { type LinkSettings, noPublicUrl, readLinkSettings } from '../../domain/links/link-settings.js';
import { type CountedLink, LinkSettingsStore, Shortener, ShortLinks } from '../../domain/links/links.port.js';

/** A counted link with the address that people follow. */
export interface ShownLink extends CountedLink {
  readonly shortUrl: string;
}

/** Keeps what becomes of a workspace's links, and tells what became of short ones. */
@Injectable()
export class LinkDesk {
  constructor(
    private readonly store: LinkSettingsStore,
    private readonly shortener: Shortener,
    private readonly links: ShortLinks,
    private readonly audit: AuditLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  read(workspaceId: WorkspaceId): Promise<LinkSettings> {
    return this.store.of(workspaceId);
  }

  /** For targets that are planned or edited from now on. @throws DomainError `links.invalid`, `links.no_public_url` */
  async put(
    { workspaceId, actor }: { readonly workspaceId: WorkspaceId; readonly actor: string },
    given: Parameters<typeof readLinkSettings>[0],
  ): Promise<LinkSettings> {
    const settings = readLinkSettings(given);
    if (settings.shorten && !this.shortener.isOn) throw noPublicUrl();
    await this.unitOfWork.run(async (tx) => {
      await this.store.put(workspaceId, settings, tx);
      const entry = { workspaceId, actor, action: 'links.changed', subjectId: workspaceId, detail: { ...settings } };
      await this.audit.append(entry, tx);
    });
    return settings;
  }

  /** @throws DomainError `target.not_found` */
  async ofTarget(workspaceId: WorkspaceId, targetId: TargetId): Promise<ShownLink[]> {
    const found = await this.links.ofTarget(workspaceId, targetId);
    if (!found) throw notFound('target', targetId);
    return found.map((link) => ({
      ...link,
      shortUrl: this.shortener.addressOf({ workspaceId, targetId, url: link.url }),
    }));
  }
}
