import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Topic } from './channels.js';

/** Forms of one workspace. */
export const MAX_FORMS = 50;

/** What a form says and asks; visitors see it, and agree to its words as they stand then. */
export interface SignUpFormContent {
  /** For the workspace alone. */
  readonly name: string;
  /** Heading of the page. */
  readonly title: string;
  /** A sentence or two below it; plain text. */
  readonly intro: string;
  /** Of title, intro and consent. */
  readonly language: string;
  /** The exact words that stand beside the button. */
  readonly consentText: string;
  /** The words that stand beside the phone's own box; null: the form asks for no phone. */
  readonly smsConsentText: string | null;
  /** What people are asked to get. */
  readonly topics: readonly Topic[];
  /** Given to everyone who joins here. */
  readonly tags: readonly string[];
  readonly isActive: boolean;
}

/** A sign-up page of a workspace. The consent's version is the form's: every change of the form makes a new one. */
export interface SignUpForm extends SignUpFormContent {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What the consent ledger calls the place where a form's words were agreed to. */
export const sourceOfForm = ({ name }: Pick<SignUpForm, 'name'>): string => `form ${name}`;

export const textVersionOf = ({ id, version }: Pick<SignUpForm, 'id' | 'version'>): string =>
  `${id.slice(0, 8)}.${version}`;
