import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import { MediaLibrary } from '../../../library/index.js';
import type { PublishMedia } from '../../../platforms/domain/publish-content.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { Firing } from '../../domain/firing/firing.port.js';
import { chooseVideo } from '../../domain/targets/frozen-content.js';
import type { HandOff } from '../../domain/hand-off/hand-offs.port.js';

/** The file that a person is to post: the one an adapter would send. */
@Injectable()
export class HandOffVideo {
  constructor(
    private readonly firing: Firing,
    private readonly media: MediaLibrary,
    private readonly platforms: PlatformRegistry,
  ) {}

  /** @throws DomainError `media.not_found` once the video is deleted */
  async of({ targetId, workspaceId }: HandOff): Promise<PublishMedia> {
    const [target] = await this.firing.load([targetId]);
    if (!target) throw notFound('target', targetId);
    const video = chooseVideo(target.content, target.platform, (name, draft) =>
      this.platforms.get(name).validate(draft),
    );
    return this.media.publishMedia(workspaceId, video.id);
  }
}
