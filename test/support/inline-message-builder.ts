import {
  type BuiltMessage,
  MessageBuilder,
  type MessageOrder,
} from '../../src/audience/domain/sending/message-builder.port.js';
import { MessageWriter } from '../../src/audience/infrastructure/sending/message-writer.js';
import { mjmlAsHtml } from '../../src/audience/infrastructure/sending/mjml-content.js';

/** The same writing as in the app, on this thread: a test's sources are not what a thread could load. */
export class InlineMessageBuilder extends MessageBuilder {
  private readonly writer = new MessageWriter();

  async build(order: MessageOrder): Promise<readonly BuiltMessage[]> {
    return this.writer.write(order);
  }

  htmlOf(mjml: string): Promise<string> {
    return mjmlAsHtml(mjml);
  }
}
