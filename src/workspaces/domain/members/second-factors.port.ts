import type { Tx } from '../../../kernel/transaction.js';

/** A person's app. */
export interface SecondFactor {
  /** Of this enrolment: beginning again makes another. */
  readonly id: string;
  /** Base32; in no answer but the first. */
  readonly secret: string;
  /** A first code came: sign-ins ask for one. */
  readonly isOn: boolean;
}

/** Who has a second factor. Secrets are encrypted, recovery codes hashed. */
export abstract class SecondFactors {
  abstract of(personId: string, tx?: Tx): Promise<SecondFactor | undefined>;
  /** Keeps a secret until a code proves it; replaces one that was not proved. @returns false when one is on */
  abstract begin(personId: string, secret: string, tx: Tx): Promise<boolean>;
  /** @param factorId the one whose code was proved. @returns false when it waits for none, or was begun again since */
  abstract turnOn(personId: string, factorId: string, step: number, tx: Tx): Promise<boolean>;
  /** Takes the code of this step. @returns false when it, or a later one, was taken before */
  abstract useStep(personId: string, step: number, tx: Tx): Promise<boolean>;
  /** The ones before are dead. */
  abstract setRecoveryCodes(personId: string, hashes: readonly Buffer[], tx: Tx): Promise<void>;
  /** @returns false when it is none of theirs, or was used */
  abstract useRecoveryCode(personId: string, hash: Buffer, tx: Tx): Promise<boolean>;
  /** @returns false when there was none */
  abstract remove(personId: string, tx: Tx): Promise<boolean>;
}
