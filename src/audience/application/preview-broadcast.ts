import { Injectable } from '@nestjs/common';
import type { Tx } from '../../kernel/transaction.js';
import type { Broadcast } from '../domain/broadcast.js';
import { Subscribers } from '../domain/subscribers.port.js';
import { type RenderedContent, Templates, type TemplateSubscriber } from '../domain/template.port.js';
import { BroadcastScenes } from './broadcast-scenes.js';

/** How many real people a broadcast is rendered for before it may go out (`resilience.md` D2.11). */
export const SAMPLE_PEOPLE = 20;

const SAMPLE_TOKEN = 'preview';
const NOBODY: TemplateSubscriber = {
  email: 'reader@example.org',
  language: 'en',
  zone: null,
  tags: [],
  attributes: {},
};

/** What one reader would see. */
export interface Preview extends RenderedContent {
  readonly to: string;
}

/** Renders a broadcast for real people without sending it. */
@Injectable()
export class PreviewBroadcast {
  constructor(
    private readonly subscribers: Subscribers,
    private readonly scenes: BroadcastScenes,
    private readonly templates: Templates,
  ) {}

  /**
   * Renders for up to 20 people, or for an invented one when there is nobody.
   * @throws DomainError `template.*` on the first person it fails for
   */
  async execute(broadcast: Broadcast, tx?: Tx): Promise<readonly Preview[]> {
    const compiled = this.templates.compile(broadcast);
    const scene = await this.scenes.of(broadcast, tx);
    const people = await this.subscribers.sample(broadcast.workspaceId, broadcast.tags, SAMPLE_PEOPLE, tx);
    return (people.length > 0 ? people : [NOBODY]).map((person) => ({
      to: person.email,
      ...compiled.render(this.scenes.contextFor(scene, person, SAMPLE_TOKEN)),
    }));
  }
}
