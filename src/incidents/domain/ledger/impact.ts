/** What an incident did to one workspace, counted from its ledger and the targets as they are now. */
export interface Impact {
  /** Targets of the troubled platform that met the incident, by their status now. */
  readonly targets: Readonly<Record<string, number>>;
  readonly targetCount: number;
  /** Of the live ones: those whose truth came after a doubt. */
  readonly lateCount: number;
  /** How often each thing was decided; a target that was held and then missed counts in both. */
  readonly decisions: Readonly<Record<string, number>>;
  /** What took their place, by platform. */
  readonly elsewhere: readonly { readonly platform: string; readonly planned: number; readonly live: number }[];
  /** Second copies that were found live. */
  readonly duplicateCount: number;
  /** Observations of the platform, of the whole instance. */
  readonly signals: { readonly good: number; readonly bad: number; readonly unknown: number };
  /** When the first bad observation was seen, if it is still known. */
  readonly firstBadAt?: Date;
  /** People reached by messages about it. */
  readonly toldCount: number;
}

/** Targets that have not come to an end. */
export const openCount = ({ targets }: Impact): number =>
  ['scheduled', 'held', 'publishing', 'unconfirmed', 'needs_decision'].reduce(
    (sum, status) => sum + (targets[status] ?? 0),
    0,
  );
