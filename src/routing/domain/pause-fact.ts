import type { Reason } from './route-decision.js';

/** What a kill switch stops, the widest first. */
export const PAUSE_SCOPES = ['workspace', 'platform', 'account', 'post'] as const;
export type PauseScope = (typeof PAUSE_SCOPES)[number];

/** The switch that stops a target. */
export interface PauseFact {
  readonly scope: PauseScope;
  /** The person's own words. */
  readonly reason?: string;
}

/** How a stopped target explains itself; the person's words follow. */
export const PAUSE_SENTENCES: Readonly<Record<PauseScope, string>> = {
  workspace: 'A person paused the whole workspace; the post waits until it is resumed.',
  platform: 'A person paused this platform; the post waits until it is resumed.',
  account: 'A person paused this account; the post waits until it is resumed.',
  post: 'A person paused this post; it waits until it is resumed.',
};

export const pausedBecause = ({ scope, reason }: PauseFact): Reason => ({
  code: `${scope}_paused`,
  text: reason === undefined ? PAUSE_SENTENCES[scope] : `${PAUSE_SENTENCES[scope]} Reason: ${reason}`,
});
