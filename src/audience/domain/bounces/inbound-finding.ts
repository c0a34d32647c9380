import type { DeliveryClass } from './delivery-class.js';
import type { Traces } from './inbound-message.js';

/** What a mail that reached us means. */
export type InboundFinding =
  | {
      readonly kind: 'bounce';
      readonly deliveryClass: DeliveryClass;
      /** False: it may still arrive, or did. */
      readonly isFinal: boolean;
      /** Whom the report names. */
      readonly recipient?: string;
      readonly evidence: string;
    }
  | {
      readonly kind: 'complaint';
      readonly feedbackType: string;
      readonly recipient?: string;
      readonly evidence: string;
    }
  /** Nothing to act on: an answer of a person, a report of success, a newsletter. */
  | { readonly kind: 'other' };

export interface InboundReading {
  readonly finding: InboundFinding;
  readonly traces: Traces;
  /** The mail's own Message-ID; the same report told twice has the same. */
  readonly messageId?: string;
}
