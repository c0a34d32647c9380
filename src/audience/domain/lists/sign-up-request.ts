import { CONSENT_PURPOSE, type ConsentAction, type ConsentEntry } from './consent.js';
import type { SignUpDecision } from './sign-up.js';
import type { Attributes } from './attributes.js';
import { type Acceptance, type Channel, CHANNELS, type Topic, TOPICS } from './channels.js';
import { SMS_CONSENT_PURPOSE } from './consent-words.js';

const DEFAULT_LANGUAGE = 'en';

/** The words someone agreed to, and where. */
export interface ConsentWords {
  readonly text: string;
  readonly textVersion: string;
  readonly source: string;
  readonly language?: string | undefined;
  readonly evidence?: string | undefined;
}

/** A phone with the consent of its own; without consent nobody may write to it. */
export interface PhoneWish {
  /** E.164. */
  readonly number: string;
  readonly consent?: ConsentWords | undefined;
  /** The workspace declares, by the consent's evidence, that the holder agreed. */
  readonly isConfirmed: boolean;
}

/** One person to be put on the list. */
export interface SignUp {
  readonly email: string;
  readonly language?: string | undefined;
  readonly zone?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly attributes?: Attributes | undefined;
  readonly phone?: PhoneWish | undefined;
  /** What they want to get; everything when left out. */
  readonly topics?: readonly Topic[] | undefined;
  readonly alreadyConfirmed?: boolean | undefined;
  /** False: no confirm mail goes out now. */
  readonly isAsked?: boolean | undefined;
  readonly consent: ConsentWords;
}

/** A sign-up and what was decided of it. */
export interface DecidedSignUp {
  readonly signUp: SignUp;
  readonly decision: SignUpDecision;
}

/** What they accept from now on; on a phone only with a consent of its own. */
export const acceptsOf = ({ topics = TOPICS, phone }: SignUp): Acceptance[] => {
  const channels: readonly Channel[] = phone?.consent === undefined ? ['email'] : CHANNELS;
  return channels.flatMap((channel) => topics.map((topic): Acceptance => `${channel}:${topic}`));
};

const ACTION_OF: Readonly<Partial<Record<SignUpDecision, ConsentAction>>> = { admit: 'given', declare: 'declared' };

/** The line of their mail consent. */
export const consentLine = ({ signUp, decision }: DecidedSignUp, subscriberId: string, at: Date): ConsentEntry => ({
  ...{ subscriberId, purpose: CONSENT_PURPOSE, action: ACTION_OF[decision] ?? 'requested', at },
  ...wordsOf(signUp.consent, signUp),
});

/** The line of their consent to text messages, if they gave one. */
export const phoneLine = ({ signUp }: DecidedSignUp, subscriberId: string, at: Date): ConsentEntry[] => {
  const { phone } = signUp;
  if (phone?.consent === undefined) return [];
  const action = phone.isConfirmed ? ('given' as const) : ('requested' as const);
  return [{ subscriberId, purpose: SMS_CONSENT_PURPOSE, action, at, ...wordsOf(phone.consent, signUp) }];
};

const wordsOf = ({ text, textVersion, source, language, evidence }: ConsentWords, signUp: SignUp) => ({
  ...{ text, textVersion, source, language: language ?? signUp.language ?? DEFAULT_LANGUAGE },
  ...(evidence === undefined ? {} : { evidence }),
});
