import { type KeyObject, X509Certificate } from 'node:crypto';
import { DocumentFetch } from '../../../../infra/fetch/document-fetch.js';
import { DomainError } from '../../../../kernel/domain-error.js';

const MAX_CERTIFICATES = 16;
const LIMITS = { maxBytes: 65_536, maxRedirects: 0 };

/** What is asked of SNS over the network. Callers have checked that the address is one of SNS. */
export abstract class SnsDoor {
  /** The key of a certificate that is valid now. @throws DomainError `mail_hook.unreachable` */
  abstract keyOf(url: string, now: Date): Promise<KeyObject>;
  /** Answers the question whether we want a topic. @throws DomainError `mail_hook.unreachable` */
  abstract confirm(url: string): Promise<void>;
}

/** SNS through the guarded door; certificates are kept, since every message names one of few. */
export class GuardedSnsDoor extends SnsDoor {
  private readonly documents: DocumentFetch;
  private readonly certificates = new Map<string, X509Certificate>();

  constructor(policy: ConstructorParameters<typeof DocumentFetch>[0]) {
    super();
    this.documents = new DocumentFetch(policy, LIMITS);
  }

  override async keyOf(url: string, now: Date): Promise<KeyObject> {
    const certificate = this.certificates.get(url) ?? (await this.fetched(url));
    if (now < certificate.validFromDate || now > certificate.validToDate) throw unreachable('its certificate is over');
    return certificate.publicKey;
  }

  override async confirm(url: string): Promise<void> {
    await this.read(url);
  }

  onApplicationShutdown(): Promise<void> {
    return this.documents.close();
  }

  private async fetched(url: string): Promise<X509Certificate> {
    const certificate = certificateOf(await this.read(url));
    if (this.certificates.size >= MAX_CERTIFICATES) this.certificates.clear();
    this.certificates.set(url, certificate);
    return certificate;
  }

  private async read(url: string): Promise<string> {
    const answer = await this.documents.read({ url });
    if (answer.kind === 'document') return answer.body;
    throw unreachable(answer.kind === 'failed' ? answer.why : 'it answered nothing');
  }
}

const certificateOf = (pem: string): X509Certificate => {
  try {
    return new X509Certificate(pem);
  } catch {
    throw unreachable('what it answered is no certificate');
  }
};

const unreachable = (why: string): DomainError =>
  new DomainError(
    'unavailable',
    'mail_hook.unreachable',
    `SNS could not be asked (${why}). Nothing was stored; SNS will send this again.`,
  );
