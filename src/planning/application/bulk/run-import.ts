import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { ImportDesk } from '../../../library/index.js';
import { chooseLayout } from '../../domain/bulk/layouts/choose-layout.js';
import type { Layout } from '../../domain/bulk/layouts/layout.js';
import type { PostImport, PostImportId } from '../../domain/bulk/post-import.js';
import { ImportWork, type RowOutcome, type WaitingRow } from '../../domain/bulk/post-imports.port.js';
import { problemOf } from '../../domain/bulk/row-verdict.js';
import type { PostRequest } from '../../domain/post-request.js';
import { BulkFacts } from './bulk-facts.js';
import { CreatePosts, type PostVerdict } from './create-posts.js';

/** Posts of one transaction: enough to be fast, few enough that a cancel need not wait. */
const BATCH_POSTS = 200;
/** Addresses ordered in one turn. */
const ORDERS = 20;

/**
 * Stores the posts of an import, a batch in each transaction: after a crash the rows themselves say what is left, and no
 * row is stored twice.
 */
@Injectable()
export class RunImport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly work: ImportWork,
    private readonly posts: CreatePosts,
    private readonly facts: BulkFacts,
    private readonly media: ImportDesk,
  ) {}

  /** @returns `again` when only videos that are being fetched are left, or this process must stop */
  async runOnce(id: PostImportId, signal?: AbortSignal): Promise<'done' | 'again'> {
    const item = await this.work.begin(id);
    if (!item) return 'done';
    const { layout } = chooseLayout(item.facts.header, item.facts.layout);
    while (!signal?.aborted) {
      const moved =
        (await this.work.collect(id)) + (await this.orderVideos(item)) + (await this.storeBatch(item, layout));
      if (moved > 0) continue;
      if (await this.work.end(id)) return 'done';
      return (await this.work.begin(id)) ? 'again' : 'done';
    }
    return 'again';
  }

  /** @returns how many rows moved */
  private storeBatch(item: PostImport, layout: Layout): Promise<number> {
    return this.unitOfWork.runPatiently(async (tx) => {
      if (!(await this.work.isRunning(item.id, tx))) return 0;
      const rows = await this.work.take(item.id, BATCH_POSTS, tx);
      if (rows.length === 0) return 0;
      const requests = rows.map(({ request }) => request as PostRequest);
      const facts = await this.facts.read(item.workspaceId, tx);
      const verdicts = await this.posts.execute(item, { requests, facts }, tx);
      await this.work.finish(
        item.id,
        rows.map((row, index) => outcomeOf(row, verdicts[index], layout)),
        tx,
      );
      return rows.length;
    });
  }

  /** Orders videos as far as the library takes orders; an address that is refused refuses its rows. */
  private async orderVideos({ id, workspaceId }: PostImport): Promise<number> {
    let ordered = 0;
    for (const url of await this.work.unfetched(id, ORDERS)) {
      const result = await this.order({ id, workspaceId }, url);
      if (result === 'full') return ordered;
      ordered += 1;
    }
    return ordered;
  }

  private async order({ id, workspaceId }: Pick<PostImport, 'id' | 'workspaceId'>, url: string) {
    try {
      await this.unitOfWork.run(async (tx) => {
        const { id: mediaImportId } = await this.media.order({ workspaceId, url, fileName: undefined }, tx);
        await this.work.markFetching(id, url, mediaImportId, tx);
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.kind === 'rate_limited') return 'full';
      const { code, message } = error;
      await this.unitOfWork.run((tx) => this.work.refuseUrl(id, url, { code, message }, tx));
    }
    return 'ordered';
  }
}

const outcomeOf = ({ row }: WaitingRow, verdict: PostVerdict | undefined, layout: Layout): RowOutcome => {
  if (!verdict) throw new Error(`Row ${row} got no verdict.`);
  if ('post' in verdict) return { row, postId: verdict.post.id, problems: [] };
  return { row, problems: verdict.findings.map((finding) => problemOf(finding, layout)) };
};
