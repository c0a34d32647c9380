import { RenameTag } from './application/tags/rename-tag.js';
import { TagUses } from './domain/tags/tag-uses.port.js';
import { RenameTagsController } from './http/tags/rename-tags.controller.js';
import { TagUsesRepository } from './infrastructure/tags/tag-uses.repository.js';

/** The parts that rename tags wherever they are named. */
export const TAG_PROVIDERS = [{ provide: TagUses, useClass: TagUsesRepository }, RenameTag];

export const TAG_CONTROLLERS = [RenameTagsController];
