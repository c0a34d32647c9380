import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DomainError } from '../../../kernel/domain-error.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { NoticeInbox } from '../../domain/notices/notice-inbox.port.js';

/** One delivery as it came over the wire. */
export interface Delivery {
  readonly platform: PlatformName;
  /** The very bytes: signatures are made over them. */
  readonly rawBody: Buffer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Takes what platforms tell by themselves: proves who said it and keeps it; applying comes later. */
@Injectable()
export class ReceiveNotices {
  constructor(
    private readonly platforms: PlatformRegistry,
    private readonly inbox: NoticeInbox,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `hook.bad_signature` */
  async execute({ platform, rawBody, headers }: Delivery): Promise<void> {
    const notices = this.platforms.get(platform).webhook?.read(rawBody, headers, this.clock.now());
    if (!notices) throw badSignature();
    await this.inbox.store(platform, notices);
  }
}

const badSignature = (): DomainError =>
  new DomainError(
    'unauthenticated',
    'hook.bad_signature',
    'The signature does not hold for this body, or is older than 5 minutes. Check the app secret and the clock.',
  );
