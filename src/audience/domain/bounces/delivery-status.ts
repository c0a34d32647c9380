import { readHeaders } from './mime-part.js';

const MAX_REPORT = 65_536;
const MAX_RECIPIENTS = 50;
const STATUS = /([245]\.\d{1,3}\.\d{1,3})/;

export const DSN_ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
export type DsnAction = (typeof DSN_ACTIONS)[number];

/** One recipient's fields of a delivery status notification (RFC 3464 2.3). */
export interface RecipientStatus {
  /** As the failing server names it; may differ from whom we wrote to. */
  readonly finalRecipient?: string;
  readonly originalRecipient?: string;
  readonly action: DsnAction;
  /** RFC 3463, when it has that form. */
  readonly status?: string;
  /** The words of the server that refused, with what its kind of code is. */
  readonly diagnostic?: string;
}

/** The recipients that a `message/delivery-status` part tells of; its first group is about the report itself. */
export const readDeliveryStatus = (body: string): readonly RecipientStatus[] =>
  body
    .slice(0, MAX_REPORT)
    .split(/\n[ \t]*\n+/, MAX_RECIPIENTS + 1)
    .flatMap((group) => {
      const fields = readHeaders(group.replace(/^\n+/, ''));
      const of = (name: string) => fields.get(name)?.[0];
      const action = actionOf(of('action'));
      // Some servers leave the empty line between the two kinds of groups out.
      if (!action) return [];
      const status = STATUS.exec(of('status') ?? '')?.[1];
      const diagnostic = of('diagnostic-code')?.replace(/^[\w-]{1,20}\s*;\s*/, '');
      return [
        {
          action,
          ...given('finalRecipient', addressOf(of('final-recipient'))),
          ...given('originalRecipient', addressOf(of('original-recipient'))),
          ...given('status', status),
          ...given('diagnostic', diagnostic),
        },
      ];
    });

/** `failed (mailbox gone)` is `failed`; a group without a known action is not a recipient's. */
const actionOf = (field: string | undefined): DsnAction | undefined => {
  const word = /^[a-z]+/.exec(field?.toLowerCase() ?? '')?.[0];
  return DSN_ACTIONS.find((action) => action === word);
};

/** `rfc822; <a@b>` is `a@b`. */
export const addressOf = (field: string | undefined): string | undefined => {
  const text =
    field
      ?.slice(0, 1_000)
      .replace(/^[\w-]{1,20}\s*;/, '')
      .trim() ?? '';
  const address = (/<([^<>\s]+@[^<>\s]+)>/.exec(text)?.[1] ?? text).replace(/^<|>$/g, '');
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address.toLowerCase() : undefined;
};

const given = <Name extends string>(name: Name, value: string | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: string };
