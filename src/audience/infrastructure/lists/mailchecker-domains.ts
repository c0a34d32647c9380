import { Injectable } from '@nestjs/common';
import { DisposableDomains } from '../../domain/lists/disposable-domains.port.js';
import { lazily } from './lazy-require.js';

const library = lazily<{ blacklist(): ReadonlySet<string> }>('mailchecker');

/** The list of mailchecker: some 56,000 domains, each with its subdomains. */
@Injectable()
export class MailcheckerDomains extends DisposableDomains {
  isDisposable(email: string): boolean {
    const labels = email.slice(email.lastIndexOf('@') + 1).split('.');
    const known = library().blacklist();
    return labels.some((_, at) => at < labels.length - 1 && known.has(labels.slice(at).join('.')));
  }
}
