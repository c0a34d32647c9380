import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PreferenceFacts } from './preferences.js';

/** One person as the preference page needs them. */
export interface PreferenceRecord extends PreferenceFacts {
  readonly workspaceId: WorkspaceId;
  readonly subscriberId: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string | null;
  readonly zone: string | null;
}

/** What people chose, by the token of their links. */
export abstract class Preferences {
  abstract byToken(token: string): Promise<PreferenceRecord | undefined>;
  abstract lockByToken(token: string, tx: Tx): Promise<PreferenceRecord | undefined>;
  abstract save(
    record: PreferenceRecord,
    chosen: Pick<PreferenceRecord, 'accepts' | 'language' | 'zone'>,
    tx: Tx,
  ): Promise<void>;
}
