import type { MailHook, MailProvider } from './mail-events.js';

/** The hooks by their provider. */
export class MailHooks {
  private readonly byProvider: ReadonlyMap<MailProvider, MailHook>;

  constructor(hooks: readonly MailHook[]) {
    this.byProvider = new Map(hooks.map((hook) => [hook.provider, hook]));
  }

  get(provider: MailProvider): MailHook {
    const hook = this.byProvider.get(provider);
    if (!hook) throw new Error(`No hook for ${provider}.`);
    return hook;
  }
}
