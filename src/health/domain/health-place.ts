/** Where publishing has a certain state for somebody. Without a region: in all; without a workspace: for all. */
export interface HealthPlace {
  readonly platform: string;
  readonly region?: string;
  readonly workspaceId?: string;
}
