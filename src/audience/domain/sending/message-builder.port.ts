import type { Broadcast, BroadcastContent } from './broadcast.js';
import type { MailIdentity } from './mail-identity.js';
import type { RenderedContent, TemplateContext, TemplateSubscriber } from './template.port.js';
import type { DkimCredentials } from './dkim.js';

/** One reader of a broadcast. */
export interface Reader {
  readonly subscriber: TemplateSubscriber;
  readonly messageId: string;
  readonly unsubscribeToken: string;
}

/** A broadcast to be written for some readers; plain data, since it crosses to another thread. */
export interface MessageOrder {
  readonly broadcast: Pick<Broadcast, 'id' | 'workspaceId' | 'kind' | 'version'> & BroadcastContent;
  readonly isAutomatic: boolean;
  /** What is the same for every reader. */
  readonly scene: Omit<TemplateContext, 'subscriber' | 'unsubscribeUrl'>;
  readonly identity: MailIdentity;
  /** Absent: not signed. */
  readonly dkim?: DkimCredentials;
  /** The `Date` header. */
  readonly at: Date;
  readonly readers: readonly Reader[];
  /** Answers what readers would see besides the bytes. */
  readonly showsContent?: boolean;
}

/** The message for one reader, or why there is none. */
export type BuiltMessage =
  | { readonly raw: Uint8Array; readonly content?: RenderedContent }
  | { readonly fault: string; readonly code: string; readonly field?: string };

/** Renders, builds and signs away from the main thread; a template that never ends costs nobody else anything. */
export abstract class MessageBuilder {
  /** @returns one answer per reader, in their order; never throws for a template's faults */
  abstract build(order: MessageOrder): Promise<readonly BuiltMessage[]>;
  /**
   * MJML as HTML; Liquid inside stays as it is.
   * @throws DomainError `template.mjml` naming what is wrong and where
   */
  abstract htmlOf(mjml: string): Promise<string>;
}
