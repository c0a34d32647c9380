import { z } from 'zod';
import { url } from './env.fields.js';

/** Mail, what comes back of it, and texts. */
export const mailEnv = {
  /** SMTP server for the backup list, `smtp://user:password@host:port`; empty: broadcasts stay drafts. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  /** Further servers, comma separated, for when the first cannot: the order is the order they are asked in. */
  SMTP_SPARE_URLS: z
    .string()
    .regex(/^(smtps?:\/\/[^\s,]+(\s*,\s*smtps?:\/\/[^\s,]+)*)?$/, 'must be smtp(s) addresses, comma separated')
    .default('')
    .transform((list) => list.split(',').flatMap((entry) => entry.trim() || [])),
  /** The domain that signs mail of MAIL_FROM (DKIM); with DKIM_PRIVATE_KEY. Workspaces bring their own by the API. */
  DKIM_DOMAIN: z.hostname().optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i, 'must be a name such as perennial')
    .default('perennial'),
  /** RSA key of 2048 bits: base64 of PKCS #8, or a PEM with `\n` for its line breaks. Its public half is in DNS. */
  DKIM_PRIVATE_KEY: z.string().min(100).optional(),
  /** From so many recipients on, who sends must say how many there are; 0: never. */
  BROADCAST_CONFIRM_FROM: z.coerce.number().int().min(0).default(1_000),
  /** From so many recipients on, somebody else must have approved the same content; 0: never. */
  BROADCAST_TWO_ACTORS_FROM: z.coerce.number().int().min(0).default(0),
  /** Sender of all mail. */
  MAIL_FROM: z.string().min(3).default('Perennial <news@localhost>'),
  /**
   * Domain of the envelope senders that tell which mail came back; its MX leads to BOUNCE_SMTP_PORT, or its mail to the
   * mailbox of BOUNCE_IMAP_URL. Empty: mail keeps the address of MAIL_FROM.
   */
  BOUNCE_DOMAIN: z
    .string()
    .regex(/^(?=.{4,190}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a host name in lower case')
    .optional(),
  /** Where mail that comes back is taken by SMTP, in processes that serve HTTP. Empty: nowhere; 0: any free port. */
  BOUNCE_SMTP_HOST: z.string().min(1).default('127.0.0.1'),
  BOUNCE_SMTP_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** PEM files of certificate and key; both empty: no STARTTLS. */
  BOUNCE_SMTP_TLS_CERT: z.string().min(1).optional(),
  BOUNCE_SMTP_TLS_KEY: z.string().min(1).optional(),
  /** A mailbox with reports, `imaps://user:password@host/INBOX`, read once a minute and never changed. */
  BOUNCE_IMAP_URL: z
    .url()
    .regex(/^imaps?:\/\/[^@/]+@/, 'must be imaps://user:password@host/mailbox')
    .optional(),
  /** SNS topics of Amazon SES that are believed: ARNs, comma separated. Empty: POST /v1/hooks/mail/ses is closed. */
  MAIL_HOOK_SES_TOPICS: z
    .string()
    .regex(/^(arn:[\w:.-]+(,\s*arn:[\w:.-]+)*)?$/, 'must be ARNs of SNS topics, comma separated')
    .default('')
    .transform((list) => list.split(',').flatMap((topic) => topic.trim() || [])),
  /** Verification key of SendGrid's signed event webhook, as SendGrid shows it. */
  MAIL_HOOK_SENDGRID_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{100,200}={0,2}$/, 'must be the base64 verification key')
    .optional(),
  /** `user:password` in the address that Postmark calls. */
  MAIL_HOOK_POSTMARK_CREDENTIALS: z
    .string()
    .regex(/^[^:]+:.{12,}$/, 'must be user:password, the password at least 12 characters long')
    .optional(),
  /** Mailgun's HTTP webhook signing key. */
  MAIL_HOOK_MAILGUN_KEY: z.string().min(16).optional(),
  /** The SMS provider: Twilio, or one that speaks its Messages API. Both empty: no text leaves. */
  TWILIO_API_URL: url.default('https://api.twilio.com'),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^(AC[0-9a-f]{32})?$/, 'must be AC and 32 hexadecimal digits')
    .default(''),
  /** Also proves the forms that the provider posts to us. */
  TWILIO_AUTH_TOKEN: z.string().default(''),
};
