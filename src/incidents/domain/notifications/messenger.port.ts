import type { Message } from './message.js';
import type { SendResult } from './send.policy.js';
import type { Sending } from './ledger.port.js';

/** Sends one message to one channel; once, and never throws for what a network does. */
export abstract class Messenger {
  /** False: no mail server is configured. */
  abstract readonly canMail: boolean;
  /** @param message as it leaves */
  abstract send(sending: Sending, message: Message): Promise<SendResult>;
  /** A mail that belongs to no message of the ledger. @param name part of its Message-ID */
  abstract mail(to: string, message: Message, name: string): Promise<SendResult>;
}
