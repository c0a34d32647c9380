import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { PageTokens } from '../../domain/notices/page-token.js';
import type { LinksPage, NoticePage } from '../../domain/notices/public-page.js';
import { PublicPages } from '../../domain/notices/public-pages.port.js';
import { type RenderedContent, Templates } from '../../domain/sending/template.port.js';
import { BroadcastScenes } from '../sending/broadcast-scenes.js';
import { PublicAddresses } from './public-addresses.js';

/** Stands for the reader's own link; lines with it are left out of the archive. */
const READERS_OWN = 'https://reader.invalid/';
const ANYBODY = { email: '', language: null, zone: null, tags: [], attributes: {} };

/** What public pages show, by the token in their address. */
@Injectable()
export class ReadPublicPage {
  constructor(
    private readonly tokens: PageTokens,
    private readonly pages: PublicPages,
    private readonly scenes: BroadcastScenes,
    private readonly templates: Templates,
    private readonly addresses: PublicAddresses,
  ) {}

  /** undefined for an address that is not ours. */
  async links(token: string): Promise<LinksPage | undefined> {
    const workspaceId = this.tokens.read('links', token);
    return workspaceId === undefined ? undefined : this.pages.links(workspaceId);
  }

  /** undefined for an address that is not ours, and for what was not sent. */
  async notice(token: string): Promise<NoticePage | undefined> {
    const id = this.tokens.read('notice', token);
    const broadcast = id === undefined ? undefined : await this.pages.notice(id);
    if (!broadcast?.frozenAt) return undefined;
    const scene = await this.scenes.of(broadcast);
    const { subject, text } = this.rendered(broadcast, { ...scene, subscriber: ANYBODY, unsubscribeUrl: READERS_OWN });
    const linksUrl = this.addresses.linksUrl(broadcast.workspaceId);
    const workspaceName = scene.workspace.name;
    return { workspaceName, subject, text: forAnybody(text), sentAt: broadcast.frozenAt, linksUrl };
  }

  /** A text that needs something of its reader cannot be shown to everyone. */
  private rendered(broadcast: Broadcast, context: Parameters<ReturnType<Templates['compile']>['render']>[0]) {
    try {
      return this.templates.compile(broadcast).render(context);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const about = context.incident ? `About ${context.incident.platformName}` : 'A notice';
      return { subject: about, text: 'This notice was written to each reader in person.' } satisfies RenderedContent;
    }
  }
}

/** Without the lines that only their reader can use. */
const forAnybody = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.includes(READERS_OWN))
    .join('\n')
    .trim();
