import { type Letter, type LinkOptions, SmtpLink } from './smtp-link.js';

/** Most servers close a peer that opens more than ten or twenty. */
const MAX_LINKS = 10;
/** Only messages of which no byte was taken change the link, and only after one that may have been closed meanwhile. */
const CHANGES = 2;
const LOST_CODES = ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET'];
const JUDGED_CODES = ['EENVELOPE', 'EMESSAGE'];
/** RFC 5321, 4.2.2: the server closes. */
const NOT_AVAILABLE = 421;

interface Failure {
  readonly code?: string;
  readonly responseCode?: number;
}

interface Waiting {
  readonly resolve: (link: SmtpLink) => void;
  readonly reject: (error: unknown) => void;
}

/** Kept connections to one mail server, opened when a message needs one. A message leaves by one of them, at most once. */
export class SmtpLinks {
  private readonly idle: SmtpLink[] = [];
  private readonly waiting: Waiting[] = [];
  private links = 0;
  private opening = 0;
  private isClosing = false;

  constructor(private readonly options: LinkOptions) {}

  /**
   * @param totalMs bounds the message whatever the server does
   * @returns the server's reply
   * @throws nodemailer's error of the connection; `letter.bodyLeft` says whether the message may have arrived
   */
  send(letter: Letter, totalMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const flight: { link?: SmtpLink; isOver: boolean } = { isOver: false };
      const timer = setTimeout(() => {
        flight.isOver = true;
        reject(new Error('The mail server did not answer in time.'));
        flight.link?.close();
      }, totalMs);
      this.carry(letter, flight, CHANGES)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }

  /** Ends the connections; a message that is under way may finish. */
  close(): void {
    this.isClosing = true;
    for (const link of this.idle.splice(0)) link.close();
    for (const { reject } of this.waiting.splice(0)) reject(new Error('The mail transport is closed.'));
  }

  private async carry(letter: Letter, flight: { link?: SmtpLink; isOver: boolean }, changes: number): Promise<string> {
    const link = await this.take();
    if (flight.isOver) {
      this.giveBack(link);
      throw new Error('The message waited too long for a connection.');
    }
    flight.link = link;
    const wasUsed = link.carried > 0;
    try {
      const reply = await link.send(letter);
      this.giveBack(link);
      return reply;
    } catch (error) {
      await this.settle(link, error as Failure);
      if (changes === 0 || !wasUsed || letter.bodyLeft || !isLost(error as Failure)) throw error;
      return this.carry(letter, flight, changes - 1);
    }
  }

  private take(): Promise<SmtpLink> {
    return new Promise((resolve, reject) => {
      if (this.isClosing) return reject(new Error('The mail transport is closed.'));
      this.waiting.push({ resolve, reject });
      this.serve();
    });
  }

  private serve(): void {
    while (this.waiting.length > 0 && this.idle.length > 0) {
      const link = this.idle.pop();
      if (link?.isOpen) this.waiting.shift()?.resolve(link);
    }
    while (this.opening < this.waiting.length && this.links < MAX_LINKS) void this.open();
  }

  private async open(): Promise<void> {
    this.links += 1;
    this.opening += 1;
    try {
      const link = await SmtpLink.open(this.options, (ended) => this.ended(ended));
      this.opening -= 1;
      this.giveBack(link);
    } catch (error) {
      this.opening -= 1;
      this.links -= 1;
      this.waiting.shift()?.reject(error);
      this.serve();
    }
  }

  private giveBack(link: SmtpLink): void {
    if (!link.isOpen) return;
    if (this.isClosing) return link.close();
    this.idle.push(link);
    this.serve();
  }

  /** A server that only refused this message is asked again; every other failure ends the link. */
  private async settle(link: SmtpLink, { code = '', responseCode }: Failure): Promise<void> {
    const isJudged = JUDGED_CODES.includes(code) && responseCode !== NOT_AVAILABLE && link.isOpen;
    if (isJudged && (await link.reset())) this.giveBack(link);
    else link.close();
  }

  private ended(link: SmtpLink): void {
    this.links -= 1;
    const place = this.idle.indexOf(link);
    if (place >= 0) this.idle.splice(place, 1);
    this.serve();
  }
}

const isLost = ({ code = '' }: Failure): boolean => LOST_CODES.includes(code);
