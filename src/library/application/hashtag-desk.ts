import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import {
  checkHashtags,
  type HashtagSet,
  hashtagOf,
  hashtagsInvalid,
  MAX_SETS,
  tooManySets,
} from '../domain/hashtag-set.js';
import { HashtagSets, type HashtagSetWords } from '../domain/hashtag-sets.port.js';

/** Creates and changes hashtag sets; posts that used one keep the words they got. */
@Injectable()
export class HashtagDesk {
  constructor(private readonly sets: HashtagSets) {}

  /** @throws DomainError `hashtag_set.invalid`, `hashtag_set.name_taken`, `hashtag_set.too_many` */
  async create(workspaceId: WorkspaceId, words: HashtagSetWords, tx: Tx): Promise<HashtagSet> {
    const hashtags = checked(words.hashtags);
    if ((await this.sets.countUnderLock(workspaceId, tx)) >= MAX_SETS) throw tooManySets();
    return this.sets.insert(workspaceId, { name: words.name.trim(), hashtags }, tx);
  }

  /** @throws DomainError `hashtag_set.not_found` */
  async get(workspaceId: WorkspaceId, id: string): Promise<HashtagSet> {
    return found(id, await this.sets.find(workspaceId, id));
  }

  /** @throws DomainError `hashtag_set.not_found`, `hashtag_set.invalid`, `hashtag_set.name_taken` */
  async change(
    { workspaceId, id }: { readonly workspaceId: WorkspaceId; readonly id: string },
    { name, hashtags }: Partial<HashtagSetWords>,
    tx: Tx,
  ): Promise<HashtagSet> {
    const change = {
      ...(name === undefined ? {} : { name: name.trim() }),
      ...(hashtags === undefined ? {} : { hashtags: checked(hashtags) }),
    };
    return found(id, await this.sets.update(workspaceId, id, change, tx));
  }

  /** @throws DomainError `hashtag_set.not_found` */
  async remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void> {
    if (!(await this.sets.delete(workspaceId, id, tx))) throw notFound('hashtag_set', id);
  }
}

const found = (id: string, set: HashtagSet | undefined): HashtagSet => {
  if (!set) throw notFound('hashtag_set', id);
  return set;
};

const checked = (given: readonly string[]): readonly string[] => {
  const hashtags = given.map(hashtagOf);
  const violations = checkHashtags(hashtags);
  if (violations.length > 0) throw hashtagsInvalid(violations);
  return hashtags;
};
