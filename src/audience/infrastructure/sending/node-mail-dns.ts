import { Resolver } from 'node:dns/promises';
import { MailDns } from '../../domain/sending/mail-dns.port.js';

const TIMEOUT_MS = 2_000;
const TRIES = 2;
/** Answers that mean "there is none". */
const NONE = new Set(['ENOTFOUND', 'ENODATA']);

/** The machine's own name servers, and the public suffix list. */
export class NodeMailDns extends MailDns {
  private readonly resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });

  async txt(name: string): Promise<readonly string[] | undefined> {
    try {
      return (await this.resolver.resolveTxt(name)).map((chunks) => chunks.join(''));
    } catch (error) {
      return NONE.has((error as NodeJS.ErrnoException).code ?? '') ? [] : undefined;
    }
  }

  async organisationOf(name: string): Promise<string> {
    const { getDomain } = await import('tldts');
    return getDomain(name) ?? name;
  }
}
