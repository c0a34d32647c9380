/**
 * What came back, by what it means for the next mail (`resilience.md` D2.7):
 * - `hard-address`: this mailbox does not exist or was closed for good
 * - `hard-domain`: the domain does not exist or takes no mail at all
 * - `mailbox-full`: the person exists and has no room
 * - `policy`: the receiver judges us, not the person: reputation, blocklist, authentication, rate
 * - `content`: this message was judged: spam score, virus, size, links
 * - `transient`: a passing fault on the way; a later mail may arrive
 * - `auto-reply`: the mail arrived and a machine answered
 * - `challenge`: the mail waits until a person proves to be one
 * - `unknown`: a bounce that says nothing we can act on
 */
export const DELIVERY_CLASSES = [
  'hard-address',
  'hard-domain',
  'mailbox-full',
  'policy',
  'content',
  'transient',
  'auto-reply',
  'challenge',
  'unknown',
] as const;
export type DeliveryClass = (typeof DELIVERY_CLASSES)[number];

/** True when no later mail to the address can arrive: the only classes that take a person off the list. */
export const isHard = (deliveryClass: DeliveryClass): boolean =>
  deliveryClass === 'hard-address' || deliveryClass === 'hard-domain';

/** Failures that may pass and count towards a pause; those that judge us and not the address are not among them. */
export const SOFT_CLASSES = ['mailbox-full', 'transient', 'unknown'] as const satisfies readonly DeliveryClass[];
