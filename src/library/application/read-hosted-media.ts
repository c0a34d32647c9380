import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { type HostedFile, HostedLinks } from '../domain/hosted-links.js';
import { hostedExpired, hostedForged } from '../domain/hosting.errors.js';
import type { Media } from '../domain/media.js';
import { MediaRecords } from '../domain/media-records.port.js';

/** The video behind a signed address; the signature is the caller's only right. */
@Injectable()
export class ReadHostedMedia {
  constructor(
    private readonly links: HostedLinks,
    private readonly records: MediaRecords,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `hosted.forged`, `hosted.expired` */
  async execute(file: HostedFile, name: string): Promise<Media> {
    const verdict = this.links.judge(file, name, this.clock.now());
    if (verdict === 'forged') throw hostedForged();
    const media = verdict === 'valid' ? await this.records.find(file.workspaceId, file.mediaId) : undefined;
    if (!media) throw hostedExpired();
    return media;
  }
}
