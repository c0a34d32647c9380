import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

/** What is told to the mail server, and the message with CRLF line ends. */
export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** True once a byte of the message may have left: only then its fate can be unknown. */
  bodyLeft: boolean;
}

type Opened = (error: Error | null, socket?: { readonly connection: Socket }) => void;

/** How a server is reached: nodemailer's options of a connection. */
export interface LinkOptions extends Readonly<Record<string, unknown>> {
  readonly auth?: { readonly user?: string; readonly pass?: string };
  /** Opens the socket in the place of nodemailer. */
  readonly getSocket?: (options: unknown, opened: Opened) => void;
}

/** A body that notices when it is asked for: the server has taken the envelope then, and bytes begin to leave. */
class Body extends Readable {
  constructor(
    private readonly letter: Letter,
    private readonly socket: Pick<Socket, 'cork' | 'uncork'> | undefined,
  ) {
    super({ read: () => undefined });
  }

  override pipe<To extends NodeJS.WritableStream>(to: To): To {
    this.letter.bodyLeft = true;
    // The message and the dot that ends it leave in one segment: the server is woken once.
    this.socket?.cork();
    to.once('end', () => this.socket?.uncork());
    to.end(this.letter.raw);
    return to;
  }
}

/** One open connection to a mail server; one message at a time. */
export class SmtpLink {
  /** Messages it carried. A link that carried some may have been closed by the server meanwhile. */
  carried = 0;
  isOpen = true;

  private constructor(
    private readonly connection: SMTPConnection,
    onEnd: (link: SmtpLink) => void,
  ) {
    connection.once('end', () => {
      this.isOpen = false;
      onEnd(this);
    });
  }

  /** Connects and signs in. @param onEnd called once, when the connection is over */
  static async open(options: LinkOptions, onEnd: (link: SmtpLink) => void): Promise<SmtpLink> {
    const { getSocket, auth, ...rest } = options;
    const socket = getSocket && (await opened(getSocket, options));
    const connection = new SMTPConnection({ ...rest, ...socket });
    // Who sends hears of it by the answer; an idle connection that breaks is only over.
    connection.on('error', () => undefined);
    await connected(connection);
    if (auth?.user !== undefined && connection.allowsAuth) await signedIn(connection, auth.user, auth.pass ?? '');
    return new SmtpLink(connection, onEnd);
  }

  /** @returns the server's reply to the whole message */
  send(letter: Letter): Promise<string> {
    return new Promise((resolve, reject) => {
      const envelope = { from: letter.from, to: [...letter.to] };
      const body = new Body(letter, this.connection._socket || undefined);
      this.connection.send(envelope, body, (error, info) => {
        this.carried += 1;
        if (error) reject(error);
        else resolve(info?.response ?? '');
      });
    });
  }

  /** Makes the link ready after a message that was refused. @returns false when it is of no use any more */
  reset(): Promise<boolean> {
    return new Promise((resolve) => {
      // A server that refuses and hangs up leaves the question without an answer.
      const hungUp = () => resolve(false);
      this.connection.once('end', hungUp);
      this.connection.reset((error) => {
        this.connection.off('end', hungUp);
        resolve(!error);
      });
    });
  }

  close(): void {
    this.connection.close();
  }
}

const opened = (getSocket: NonNullable<LinkOptions['getSocket']>, options: LinkOptions) =>
  new Promise<{ readonly connection: Socket } | undefined>((resolve, reject) =>
    getSocket(options, (error, socket) => (error ? reject(error) : resolve(socket))),
  );

const connected = (connection: SMTPConnection): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('The mail server closed the connection.')));
    connection.connect((error) => (error ? reject(error) : resolve()));
  });

const signedIn = (connection: SMTPConnection, user: string, pass: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('The mail server closed the connection.')));
    connection.login({ user, credentials: { user, pass } }, (error) => {
      if (error) connection.close();
      return error ? reject(error) : resolve();
    });
  });
