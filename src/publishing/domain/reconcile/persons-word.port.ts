import type { Tx } from '../../../kernel/transaction.js';
import type { PostLink } from '../../../platforms/domain/post-link.js';

/** A person's word against the rules, as it stays on the attempt. */
export interface Override {
  readonly by: string;
  readonly at: Date;
  readonly said: 'absent';
}

/** What a person's word about a target needs besides its rows. */
export abstract class PersonsWords {
  /** The open attempt of a target, else its newest. Locks it. */
  abstract attemptInQuestion(targetId: string, tx: Tx): Promise<string | undefined>;
  /** Another target of the account that carries this very post, also as a second copy. */
  abstract ownerOf(accountId: string, link: PostLink, except: string, tx: Tx): Promise<string | undefined>;
  abstract recordOverride(attemptId: string, override: Override, tx: Tx): Promise<void>;
}
