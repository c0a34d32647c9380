import type { ReactNode } from 'react';

/** Something that is asked before it is done. */
export interface Confirmation {
  readonly title: string;
  /** What will happen, and whether it can be undone. */
  readonly text: ReactNode;
  /** The deed in words, never "OK". */
  readonly yes: string;
  /** Something is lost for good, or the public sees it. */
  readonly isGrave?: boolean;
}

export interface AskedConfirmation extends Confirmation {
  readonly answer: (isYes: boolean) => void;
}

let asked: AskedConfirmation | undefined;
const hearers = new Set<() => void>();

const put = (next: AskedConfirmation | undefined): void => {
  asked = next;
  for (const hear of hearers) hear();
};

/** What `ConfirmHost` draws now. */
export const confirmations = {
  current: (): AskedConfirmation | undefined => asked,
  subscribe: (hear: () => void): (() => void) => {
    hearers.add(hear);
    return () => hearers.delete(hear);
  },
};

/** Asks before something that cannot be undone. Escape and a click beside it mean no. */
export const confirm = (confirmation: Confirmation): Promise<boolean> =>
  new Promise((resolve) => {
    const answer = (isYes: boolean): void => {
      put(undefined);
      resolve(isYes);
    };
    put({ ...confirmation, answer });
  });
