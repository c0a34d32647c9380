import type { TruthPost } from '../truth/truth-feed.js';

/** The one account that every text is sent by; what the app is configured with. */
export const SANDBOX_TWILIO = { accountSid: `AC${'0a'.repeat(16)}`, authToken: 'sandbox-secret' } as const;

/** One text the provider took. */
export interface TwilioMessage {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly statusCallback: string | undefined;
  readonly post: TruthPost;
  readonly createdAt: string;
  status: string;
  errorCode: number | undefined;
}

/** Everything Twilio remembers. */
export class TwilioState {
  readonly messages: TwilioMessage[] = [];
  /** Pairs of sender and phone that a STOP closed. */
  readonly closed = new Set<string>();

  isClosed(sender: string, phone: string): boolean {
    return this.closed.has(`${sender}|${phone}`);
  }

  close(sender: string, phone: string): void {
    this.closed.add(`${sender}|${phone}`);
  }

  open(sender: string, phone: string): void {
    this.closed.delete(`${sender}|${phone}`);
  }

  reset(): void {
    this.messages.length = 0;
    this.closed.clear();
  }
}
