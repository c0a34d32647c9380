import type { Campaign } from './campaign.js';
import type { OpenNewsletter } from './newsletter.js';

/** A list over there. */
export interface NewsletterList {
  readonly id: number;
  readonly name: string;
  readonly subscribers: number;
}

/**
 * - `done`: it answered
 * - `refused`: it said no, and did nothing
 * - `unreachable`: it was not asked
 * - `unknown`: it may have done it
 */
export type Answered<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly reply: string }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string };

/** The program at the other end. Answers values; never asks twice by itself. */
export abstract class NewsletterProgram {
  abstract lists(at: OpenNewsletter): Promise<Answered<readonly NewsletterList[]>>;
  /** The campaign of this very name; its value is undefined when there is none. */
  abstract find(at: OpenNewsletter, name: string): Promise<Answered<number | undefined>>;
  /** Makes a draft of it. @returns its id */
  abstract create(at: OpenNewsletter, campaign: Campaign): Promise<Answered<number>>;
  /** Lets a draft go out; one that runs already is left alone. */
  abstract start(at: OpenNewsletter, campaignId: number): Promise<Answered<void>>;
}
