import { createContext, type Dispatch, use } from 'react';
import type { AccountDto, MediaDto, PlatformDto, PostDto } from '../api/generated/types.gen.ts';
import type { PlatformName } from '../ui/platforms.ts';
import type { Draft, DraftAction } from './draft.ts';
import type { Finding } from './findings.ts';
import type { WayOutDto } from './way-out.ts';

/** What every part of the composer reads and changes. */
export interface Composing {
  readonly draft: Draft;
  readonly dispatch: Dispatch<DraftAction>;
  /** The stored post that is changed; undefined: a new one. */
  readonly stored?: PostDto;
  readonly accounts: readonly AccountDto[];
  readonly platforms: readonly PlatformDto[];
  readonly media?: MediaDto;
  /** Platforms of the chosen accounts, each once, in their order. */
  readonly chosen: readonly PlatformName[];
  /** Places of a platform's accounts among the chosen ones, as findings name them. */
  readonly placesOf: (platform: PlatformName) => readonly number[];
  readonly check: {
    readonly findings: readonly Finding[];
    readonly waysOut: readonly WayOutDto[];
    /** `waits`: there is no video yet. */
    readonly state: 'waits' | 'busy' | 'done';
  };
}

export const ComposingContext = createContext<Composing | undefined>(undefined);

/** @throws Error outside of the composer */
export const useComposing = (): Composing => {
  const composing = use(ComposingContext);
  if (!composing) throw new Error('useComposing stands outside of the composer.');
  return composing;
};
