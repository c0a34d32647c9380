import type { HealthState } from '../../../health/domain/health-state.js';
import type { UpdateStatus } from '../updates/incident-update.js';

/** One platform on which the workspace posts. */
export interface StatusPlatform {
  readonly name: string;
  /** Told only where the workspace posts to the platform in more than one. */
  readonly region: string | null;
  readonly state: HealthState;
}

/** One video and where it can be watched now. */
export interface StatusVideo {
  readonly title: string;
  /** ISO instant of the first copy. */
  readonly publishedAt: string;
  readonly places: readonly StatusPlace[];
}

export interface StatusPlace {
  readonly platformName: string;
  /** As the platform gave it; http or https. */
  readonly url: string;
  /** The platform that it was meant for; null: it is where it was planned. */
  readonly insteadOf: string | null;
}

export interface StatusUpdate {
  readonly id: string;
  readonly feature: string;
  readonly status: UpdateStatus;
  readonly text: string;
  /** ISO instant. */
  readonly at: string;
}

/** A span of trouble on a platform of the workspace, and what the public was told. */
export interface StatusIncident {
  readonly id: string;
  readonly platformName: string;
  readonly worstState: 'degraded' | 'down';
  readonly openedAt: string;
  /** null: it goes on. */
  readonly closedAt: string | null;
  /** Newest first. */
  readonly updates: readonly StatusUpdate[];
}

/** A sign-up form of the workspace as far as visitors see it. */
export interface StatusSignUp {
  readonly formId: string;
  readonly language: string;
  readonly consentText: string;
  readonly smsConsentText: string | null;
}

/**
 * Everything a public status page tells: for everybody's eyes, in no language, as JSON. One that is kept can be told
 * again without a database.
 */
export interface StatusSnapshot {
  readonly slug: string;
  readonly workspaceName: string;
  readonly brandColor: string | null;
  /** ISO instant by the database's clock, a full minute: a page that says the same is the same page. */
  readonly asOf: string;
  readonly platforms: readonly StatusPlatform[];
  /** Newest first. */
  readonly videos: readonly StatusVideo[];
  /** Newest first. */
  readonly incidents: readonly StatusIncident[];
  /** At most one per language; the first is for readers of every other one. */
  readonly signUps: readonly StatusSignUp[];
}

/** Videos that wait for nobody: live on another platform, and not (yet) on the one they were meant for. */
export const liveElsewhere = ({ videos }: StatusSnapshot): readonly StatusVideo[] =>
  videos.filter(({ places }) =>
    places.some(
      ({ insteadOf }) => insteadOf !== null && places.every(({ platformName }) => platformName !== insteadOf),
    ),
  );

/** Names of the platforms that are not well, each once. */
export const troubledPlatforms = ({ platforms }: StatusSnapshot): readonly string[] => [
  ...new Set(platforms.filter(({ state }) => state === 'down' || state === 'degraded').map(({ name }) => name)),
];

/** The form for a reader; undefined: the workspace has none. */
export const signUpFor = ({ signUps }: StatusSnapshot, language: string): StatusSignUp | undefined =>
  signUps.find((form) => form.language.split('-')[0] === language) ?? signUps[0];
