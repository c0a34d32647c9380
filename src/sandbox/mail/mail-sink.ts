/** One mail that the sink took. */
export interface ReceivedMail {
  readonly messageId: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Header names in lower case; a header that came twice is joined by newlines. */
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: string;
  /** The decoded plain text part. */
  readonly text?: string;
}

/** Where all mail of a run ends. */
export interface MailSink {
  readonly steps: readonly string[];
  /** `smtp://127.0.0.1:port` */
  readonly url: string;
  list(): readonly ReceivedMail[];
  reset(): void;
  stop(): Promise<void>;
}
