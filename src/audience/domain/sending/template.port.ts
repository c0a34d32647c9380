import type { BroadcastContent } from './broadcast.js';

/** A live copy of a video that readers can open while a platform is down. */
export interface NoticeLink {
  readonly platform: string;
  readonly platformName: string;
  readonly title: string;
  readonly url: string;
}

/** The outage a notice is about. */
export interface IncidentFacts {
  readonly platform: string;
  readonly platformName: string;
  readonly region: string;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly openedAt: string;
  readonly isOpen: boolean;
}

/** The person a message is rendered for, as templates see them. */
export interface TemplateSubscriber {
  readonly email: string;
  readonly language: string | null;
  readonly zone: string | null;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** Everything a template can name. `incident` is absent from news. */
export interface TemplateContext {
  readonly subscriber: TemplateSubscriber;
  readonly workspace: { readonly name: string };
  readonly incident?: IncidentFacts;
  readonly links: readonly NoticeLink[];
  /** Our public page that says where each video is now. */
  readonly pageUrl: string;
  readonly unsubscribeUrl: string;
}

export interface RenderedContent {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/** A broadcast's templates, parsed. */
export interface CompiledContent {
  /**
   * @param limitMs wall time it may take, 50 when left out
   * @throws DomainError `template.missing_variable`, `template.failed`, `template.too_slow`, `template.header_break`,
   *   `template.unsafe_link`; each names its field
   */
  render(context: TemplateContext, limitMs?: number): RenderedContent;
}

/** Liquid without files, prototypes or unbounded work: parse <= 200 kB, render <= 50 ms, output <= 500 kB. */
export abstract class Templates {
  /** @throws DomainError `template.syntax` naming every faulty field */
  abstract compile(content: BroadcastContent): CompiledContent;
}
