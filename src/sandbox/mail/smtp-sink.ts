import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { World } from '../world/world.js';
import type { Fault, FaultKind } from '../faults/fault.js';
import type { MailSink, ReceivedMail } from './mail-sink.js';
import { readMail } from './read-mail.js';

/** A message we send is under 100 kB; more is cut off, not refused. */
const KEPT_BYTES = 262_144;
const DEFAULT_SLOW_MS = 1_000;
const DEFAULT_HANG_MS = 120_000;
const STEPS = ['rcpt', 'data'] as const;

type Done = (error?: Error | null) => void;

const smtpError = (fault: Fault, usual: number): Error =>
  Object.assign(new Error('4.3.0 The sandbox refuses this, as a fault says'), {
    responseCode: Number(fault.code ?? usual),
  });

/** Takes all mail, keeps headers and text in memory, and lets faults strike at RCPT and at the end of DATA. */
class SmtpSink {
  mails: ReceivedMail[] = [];

  constructor(private readonly world: World) {}

  async atRecipient(address: string, done: Done): Promise<void> {
    this.record('rcpt');
    const fault = this.draw(['slow', 'error-before', 'rate', 'cap'], 'rcpt', address);
    if (fault?.kind === 'slow') await this.world.clock.sleep(fault.delayMs ?? DEFAULT_SLOW_MS);
    done(fault && fault.kind !== 'slow' ? smtpError(fault, fault.kind === 'rate' ? 450 : 550) : null);
  }

  async atData(stream: SMTPServerDataStream, session: SMTPServerSession, end: { done: Done; drop: () => void }) {
    const raw = await readAll(stream);
    this.record('data');
    const recipients = session.envelope.rcptTo.map(({ address }) => address);
    const before = this.draw(['slow', 'drop-before', 'error-before', 'rate'], 'data', ...recipients);
    if (before?.kind === 'slow') await this.world.clock.sleep(before.delayMs ?? DEFAULT_SLOW_MS);
    else if (before?.kind === 'drop-before') return end.drop();
    else if (before) return end.done(smtpError(before, 451));
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
    this.mails.push({ ...readMail(raw), from, to: recipients, receivedAt: this.world.clock.iso() });
    this.world.events.emit({ at: this.world.clock.iso(), platform: 'mail', event: 'accepted' });
    const after = this.draw(['drop-after', 'hang-after', 'error-after'], 'data', ...recipients);
    if (after?.kind === 'drop-after') return end.drop();
    if (after?.kind === 'error-after') return end.done(smtpError(after, 451));
    if (after) await this.world.clock.sleep(after.delayMs ?? DEFAULT_HANG_MS);
    return end.done();
  }

  private record(step: (typeof STEPS)[number]): void {
    this.world.calls.record('mail', step);
    this.world.events.emit({ at: this.world.clock.iso(), platform: 'mail', event: 'call', step });
  }

  private draw(kinds: readonly FaultKind[], step: string, ...addresses: readonly string[]): Fault | undefined {
    for (const handle of addresses) {
      const account = { externalId: handle, handle };
      const fault = this.world.faults.draw(kinds, { platform: 'mail', step, account });
      if (fault) return fault;
    }
    return undefined;
  }
}

const readAll = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream) {
    if (bytes < KEPT_BYTES) parts.push(part);
    bytes += part.length;
  }
  return Buffer.concat(parts);
};

/** Starts the SMTP server on 127.0.0.1; no sign-in, no TLS. */
export const startMailSink = async (world: World, port = 0): Promise<MailSink> => {
  const sink = new SmtpSink(world);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo: ({ address }, _session, done) => void sink.atRecipient(address, done),
    onData(stream, session, done) {
      const drop = (): void => {
        for (const { id, _socket } of server.connections) if (id === session.id) _socket.destroy();
      };
      void sink.atData(stream, session, { done, drop }).catch(done);
    },
  });
  server.on('error', (error) => console.error('sandbox: smtp', error.message));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    steps: STEPS,
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    list: () => sink.mails,
    reset: () => {
      sink.mails = [];
    },
    stop: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const { _socket } of server.connections) _socket.destroy();
      return closed;
    },
  };
};
