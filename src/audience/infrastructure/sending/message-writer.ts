import { DomainError } from '../../../kernel/domain-error.js';
import { unsubscribeUrl } from '../../domain/sending/mail-identity.js';
import { broadcastMail } from '../../domain/sending/mail-message.js';
import { type DkimCredentials, type DkimKey, dkimKey } from '../../domain/sending/dkim.js';
import type { BuiltMessage, MessageOrder, Reader } from '../../domain/sending/message-builder.port.js';
import { writeMessage } from '../../domain/sending/write-message.js';
import type { CompiledContent } from '../../domain/sending/template.port.js';
import { compileContent } from './liquid-content.js';
import { Recent } from './recent.js';

/** A busy machine makes any template slow: it gets a second, longer chance. */
const PATIENT_MS = 2_000;
/** Long chances that may fail in one order; then it is the template, and the others need not wait for it. */
const MAX_PATIENCE = 3;
/** Broadcasts that go out at the same time, and domains they are signed for. */
const REMEMBERED = 100;

/** Writes messages, and remembers what it parsed. */
export class MessageWriter {
  private readonly contents = new Recent<CompiledContent>(REMEMBERED);
  private readonly keys = new Recent<DkimKey>(REMEMBERED);

  /** One answer per reader. */
  write(order: MessageOrder): readonly BuiltMessage[] {
    try {
      const content = this.contentOf(order);
      const key = order.dkim && this.keyOf(order.dkim);
      let patience = MAX_PATIENCE;
      return order.readers.map((reader) => {
        const message = built(() => writeOne(order, reader, { content, key }));
        if (!isTooSlow(message) || patience === 0) return message;
        const again = built(() => writeOne(order, reader, { content, key, limitMs: PATIENT_MS }));
        if (isTooSlow(again)) patience -= 1;
        return again;
      });
    } catch (error) {
      const fault = faultOf(error);
      return order.readers.map(() => fault);
    }
  }

  /** A draft has one version per edit, what is being sent has one content: the pair names it. */
  private contentOf({ broadcast }: MessageOrder): CompiledContent {
    return this.contents.get(`${broadcast.id}|${broadcast.version}`, () => compileContent(broadcast));
  }

  /** By the key itself, so that no workspace ever signs with another's. */
  private keyOf(credentials: DkimCredentials): DkimKey {
    const { domain, selector, privateKey } = credentials;
    return this.keys.get(`${domain}|${selector}|${privateKey}`, () => dkimKey(credentials));
  }
}

interface Means {
  readonly content: CompiledContent;
  readonly key: DkimKey | undefined;
  readonly limitMs?: number;
}

const writeOne = (
  { broadcast, isAutomatic, scene, identity, at, showsContent }: MessageOrder,
  { subscriber, messageId, unsubscribeToken }: Reader,
  { content: compiled, key, limitMs }: Means,
): BuiltMessage => {
  const context = { ...scene, subscriber, unsubscribeUrl: unsubscribeUrl(identity, unsubscribeToken) };
  const content = compiled.render(context, limitMs);
  const mail = broadcastMail({
    identity,
    broadcast: { id: broadcast.id, kind: broadcast.kind, isAutomatic },
    workspace: { id: broadcast.workspaceId, name: scene.workspace.name },
    recipient: { email: subscriber.email, messageId, unsubscribeToken },
    content,
  });
  return { raw: writeMessage(mail, at, key), ...(showsContent ? { content } : {}) };
};

const isTooSlow = (message: BuiltMessage): boolean => 'code' in message && message.code === 'template.too_slow';

/** A template that fails for one person fails for that person alone. */
const built = (write: () => BuiltMessage): BuiltMessage => {
  try {
    return write();
  } catch (error) {
    return faultOf(error);
  }
};

const faultOf = (error: unknown): BuiltMessage => {
  if (!(error instanceof DomainError)) throw error;
  const field = error.violations[0]?.field;
  return { code: error.code, fault: `${error.code}: ${error.message}`, ...(field === undefined ? {} : { field }) };
};
