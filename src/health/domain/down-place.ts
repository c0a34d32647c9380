/** Where publishing is down for somebody. Without a region: in all; without a workspace: for all. */
export interface DownPlace {
  readonly platform: string;
  readonly region?: string;
  readonly workspaceId?: string;
}
