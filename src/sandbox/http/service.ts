import type { AccountSpec, CreatedAccount, SandboxAccount, SandboxPlatform } from '../world/sandbox-platform.js';
import type { Call, Reply } from './call.js';

/** One address of a platform. */
export interface Route {
  readonly method: string;
  /** Matched against the whole path. */
  readonly path: RegExp;
  /** The protocol step that faults and counters name it by. */
  readonly step: string | ((call: Call) => string);
  /** The handler reads the body itself, piece by piece. */
  readonly streams?: boolean;
  handle(call: Call): Promise<Reply> | Reply;
}

/** How a platform words the faults of a call. */
export interface Dialect {
  /** Its own fault: 500 or 503. */
  error(status: number, step: string): Reply;
  /** Too many calls. */
  rate(step: string): Reply;
  /** A daily or spam cap; undefined where the step has none. */
  cap(step: string, code?: string): Reply | undefined;
  notFound(): Reply;
}

/** A platform imitated over HTTP. */
export interface PlatformService {
  readonly platform: SandboxPlatform;
  readonly steps: readonly string[];
  readonly routes: readonly Route[];
  readonly dialect: Dialect;
  /** Whose call this is, as far as can be told; never refuses. */
  identify(call: Call, step: string): SandboxAccount | undefined;
  /** Kills the account's present access token. */
  expireTokens(account: SandboxAccount): void;
  createAccount(spec: AccountSpec): Promise<CreatedAccount>;
  reset(): void;
}
