import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { type Campaign, campaignOf, UNSUBSCRIBE_PLACE } from '../../domain/newsletters/campaign.js';
import {
  handOverUnderWay,
  newsletterAway,
  type NewsletterHandOff,
  newsletterRefused,
  newsletterUnclear,
  noNewsletter,
  type OpenNewsletter,
} from '../../domain/newsletters/newsletter.js';
import { type Answered, NewsletterProgram } from '../../domain/newsletters/newsletter-program.port.js';
import { Newsletters } from '../../domain/newsletters/newsletters.port.js';
import { type RenderedContent, Templates } from '../../domain/sending/template.port.js';
import { BroadcastScenes } from '../sending/broadcast-scenes.js';

/** A campaign has one text for all its readers. */
const ANYBODY = { email: '', language: null, zone: null, tags: [], attributes: {} };

/** Hands a broadcast to a workspace's own listmonk, as one campaign however often it is asked to. */
@Injectable()
export class HandToNewsletter {
  constructor(
    private readonly newsletters: Newsletters,
    private readonly program: NewsletterProgram,
    private readonly broadcasts: Broadcasts,
    private readonly scenes: BroadcastScenes,
    private readonly templates: Templates,
  ) {}

  /**
   * @param start lets the campaign go out; else a person starts it over there
   * @returns the campaign's id
   * @throws DomainError `broadcast.not_found`, `newsletter.not_found`, `newsletter.refused`, `newsletter.unreachable`,
   *   `newsletter.unclear`, `newsletter.under_way`, `template.*`
   */
  async execute(workspaceId: WorkspaceId, broadcastId: string, start: boolean): Promise<number> {
    const broadcast = await this.broadcasts.get(workspaceId, broadcastId);
    if (!broadcast) throw notFound('broadcast', broadcastId);
    const at = await this.newsletters.open(workspaceId);
    if (!at) throw noNewsletter();
    const content = await this.rendered(broadcast);
    const campaignId = await this.idOf(at, broadcastId, content);
    if (start) valueOf(await this.program.start(at, campaignId));
    return campaignId;
  }

  /** The intent is stored before the call; of several at once, one calls. */
  private async idOf(at: OpenNewsletter, broadcastId: string, content: RenderedContent): Promise<number> {
    const { workspaceId } = at;
    const intent = await this.newsletters.intend(workspaceId, broadcastId);
    if (intent === 'under_way') throw handOverUnderWay();
    if (typeof intent === 'number') return intent;
    const made = await this.made(at, campaignOf(broadcastId, content), intent);
    await this.newsletters.settle(workspaceId, broadcastId, outcomeOf(made));
    return valueOf(made);
  }

  /** Once somebody tried, only a look at the other side tells whether to call again. */
  private async made(at: OpenNewsletter, campaign: Campaign, intent: 'first' | 'again'): Promise<Answered<number>> {
    const found = intent === 'again' ? await this.program.find(at, campaign.name) : undefined;
    if (found && found.kind !== 'done') return found;
    return found?.value === undefined ? this.program.create(at, campaign) : { kind: 'done', value: found.value };
  }

  private async rendered(broadcast: Broadcast): Promise<RenderedContent> {
    const scene = await this.scenes.of(broadcast);
    const context = { ...scene, subscriber: ANYBODY, unsubscribeUrl: UNSUBSCRIBE_PLACE };
    return this.templates.compile(broadcast).render(context);
  }
}

const outcomeOf = (made: Answered<number>): NewsletterHandOff => {
  if (made.kind === 'done') return { state: 'created', campaignId: made.value, reply: null };
  const state = made.kind === 'unknown' ? 'intended' : 'refused';
  return { state, campaignId: null, reply: made.kind === 'refused' ? made.reply : made.detail };
};

/** The answer, or the refusal it is. */
const valueOf = <T>(answer: Answered<T>): T => {
  switch (answer.kind) {
    case 'done':
      return answer.value;
    case 'refused':
      throw newsletterRefused(answer.reply);
    case 'unreachable':
      throw newsletterAway(answer.detail);
    case 'unknown':
      throw newsletterUnclear(answer.detail);
  }
};
