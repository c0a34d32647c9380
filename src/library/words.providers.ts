import { HashtagDesk } from './application/hashtag-desk.js';
import { HashtagSets } from './domain/hashtag-sets.port.js';
import { Tags } from './domain/tags.port.js';
import { HashtagSetsController } from './http/hashtag-sets.controller.js';
import { TagsController } from './http/tags.controller.js';
import { HashtagSetsRepository } from './infrastructure/hashtag-sets.repository.js';
import { TagsRepository } from './infrastructure/tags.repository.js';

/** Tags and hashtag sets. */
export const WORDS_PROVIDERS = [
  { provide: Tags, useClass: TagsRepository },
  { provide: HashtagSets, useClass: HashtagSetsRepository },
  HashtagDesk,
];

export const WORDS_CONTROLLERS = [TagsController, HashtagSetsController];
