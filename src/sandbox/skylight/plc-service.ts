import type { Call } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import { Forwarder } from './forward.js';
import type { SkylightAccounts } from './skylight-accounts.js';
import { skylightDialect } from './skylight-errors.js';

/** A fault proxy before the real PLC directory. */
export class PlcService implements PlatformService {
  readonly platform = 'skylight' as const;
  readonly steps = ['plc'] as const;
  readonly dialect = skylightDialect;
  readonly routes: readonly Route[];
  readonly #forwarder: Forwarder;

  constructor(
    plcUrl: string,
    private readonly accounts: SkylightAccounts,
  ) {
    this.#forwarder = new Forwarder(plcUrl);
    this.routes = [{ method: '*', path: /^\//, step: 'plc', handle: (call) => this.#forwarder.send(call) }];
  }

  identify(call: Call): SandboxAccount | undefined {
    const did = decodeURIComponent(call.url.pathname.slice(1));
    return this.accounts.list().find(({ externalId }) => externalId === did);
  }

  /** Documents need no token. */
  expireTokens(): void {
    return undefined;
  }

  createAccount(spec: AccountSpec): Promise<CreatedAccount> {
    return this.accounts.create(spec);
  }

  reset(): void {
    return undefined;
  }

  stop(): void {
    this.#forwarder.stop();
  }
}
