import { Injectable } from '@nestjs/common';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import type { Rendition } from '../domain/rendition.js';
import { Renditions } from '../domain/renditions.port.js';
import { MediaLibrary } from './media-library.js';

/** How the renditions of a video come along. */
@Injectable()
export class ListRenditions {
  constructor(
    private readonly library: MediaLibrary,
    private readonly renditions: Renditions,
  ) {}

  /** @throws DomainError `media.not_found` */
  async execute(workspaceId: WorkspaceId, mediaId: MediaId): Promise<Rendition[]> {
    await this.library.get(workspaceId, mediaId);
    return this.renditions.list(workspaceId, mediaId);
  }
}
