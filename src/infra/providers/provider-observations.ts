import { storable } from '../../kernel/storable.js';

/** What we rent or run ourselves and lean on: the mail server, and where videos lie. */
export const PROVIDERS = ['mail', 'storage'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** One call to a provider, as its edge saw it. What the caller did wrong is no observation. */
export interface ProviderObservation {
  readonly provider: Provider;
  /** Which one: a mail server's host, `disk`, `s3`. No credentials. */
  readonly name: string;
  readonly isGood: boolean;
  /** For operators; no addresses of people, no secrets. */
  readonly detail?: string;
}

/** Observations of one provider since the last look. */
export interface ProviderTally {
  readonly provider: Provider;
  readonly name: string;
  readonly good: number;
  readonly bad: number;
  /** Of the last bad one. */
  readonly detail?: string;
}

const MAX_DETAIL = 300;
/** There are a handful of providers; more names than this are a mistake and are not kept. */
const MAX_TALLIES = 50;

/**
 * Where the edges say how their providers do. Counting in memory only: it costs a call nothing and cannot fail it.
 * Health takes the counts from here.
 */
export class ProviderObservations {
  private tallies = new Map<string, ProviderTally>();

  observe({ provider, name, isGood, detail }: ProviderObservation): void {
    const key = `${provider}|${name}`;
    const known = this.tallies.get(key) ?? { provider, name, good: 0, bad: 0 };
    if (this.tallies.size >= MAX_TALLIES && !this.tallies.has(key)) return;
    const said = isGood || detail === undefined ? {} : { detail: storable(detail, MAX_DETAIL) };
    this.tallies.set(key, { ...known, ...said, [isGood ? 'good' : 'bad']: known[isGood ? 'good' : 'bad'] + 1 });
  }

  /** What was counted since the last time, which then starts anew. */
  take(): readonly ProviderTally[] {
    const taken = [...this.tallies.values()];
    if (taken.length > 0) this.tallies = new Map();
    return taken;
  }
}
