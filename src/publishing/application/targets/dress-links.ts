import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { changeLinks, utmFor, withUtm } from '../../../library/domain/links/caption-links.js';
import type { LinkSettings } from '../../../library/domain/links/link-settings.js';
import { LinkSettingsStore, Shortener, type TargetLink } from '../../../library/index.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { draftOf, type FrozenContent } from '../../domain/targets/frozen-content.js';

/** A target whose words are about to be frozen. */
export interface Dressable {
  readonly id: string;
  readonly workspaceId: string;
  readonly postId: string;
  readonly platform: PlatformName;
  readonly content: FrozenContent;
}

const MAY_HAVE_LINK = /https?:\/\//i;

/**
 * Gives links of ours in captions their parameters, and makes them short where the workspace wants it, at the moment
 * that words are frozen. `base` and `own` keep the words as written, so that a replacement gets its own links. Where a
 * platform would not take the longer caption, the links stay as written.
 */
@Injectable()
export class DressLinks {
  constructor(
    private readonly settings: LinkSettingsStore,
    private readonly shortener: Shortener,
    private readonly platforms: PlatformRegistry,
  ) {}

  /** The same targets in the same order; without a link nothing is asked. */
  async execute<T extends Dressable>(targets: readonly T[], tx: Tx): Promise<readonly T[]> {
    const linked = targets.filter(({ content }) => MAY_HAVE_LINK.test(content.caption));
    if (linked.length === 0) return targets;
    const settings = new Map<string, LinkSettings>();
    for (const workspaceId of new Set(linked.map((target) => target.workspaceId)))
      settings.set(workspaceId, await this.settings.of(workspaceId, tx));
    const kept: TargetLink[] = [];
    const dressed = targets.map((target) => {
      const own = settings.get(target.workspaceId);
      if (!own || own.domains.length === 0) return target;
      const { caption, links } = this.captionOf(target, own);
      kept.push(...links);
      return { ...target, content: { ...target.content, caption } };
    });
    await this.shortener.keep(kept, tx);
    return dressed;
  }

  /** The first of: short, with parameters, as written, that the platform takes. */
  private captionOf(target: Dressable, settings: LinkSettings): { caption: string; links: readonly TargetLink[] } {
    const { caption } = target.content;
    const utm = utmFor(settings.utm, target);
    const marked = (link: string) => withUtm(link, utm);
    const long = changeLinks(caption, settings.domains, marked);
    if (settings.shorten && this.shortener.isOn) {
      const links: TargetLink[] = [];
      const short = changeLinks(caption, settings.domains, (link) => {
        const one = { workspaceId: target.workspaceId, targetId: target.id, url: marked(link) };
        links.push(one);
        return this.shortener.addressOf(one);
      });
      if (this.isTaken(target, short)) return { caption: short, links };
    }
    return { caption: this.isTaken(target, long) ? long : caption, links: [] };
  }

  private isTaken({ platform, content }: Dressable, caption: string): boolean {
    const violations = this.platforms.get(platform).validate(draftOf({ ...content, caption }));
    return violations.every(({ field }) => field !== 'caption');
  }
}
