import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Suppressions } from '../../domain/lists/suppressions.port.js';

const PAGE = 1_000;

export const SUPPRESSION_HEADER = ['channel', 'address', 'addressHmac', 'reason', 'note', 'at'];

/** Every suppression of a workspace, newest first, a page in memory at a time. */
export async function* suppressionRows(
  suppressions: Suppressions,
  workspaceId: WorkspaceId,
): AsyncIterable<readonly string[]> {
  let after: { at: string; id: string } | undefined;
  for (;;) {
    const page = await suppressions.list(workspaceId, { limit: PAGE, after });
    for (const { channel, address, addressHmac, reason, note, at } of page)
      yield [channel, address ?? '', addressHmac.toString('hex'), reason, note ?? '', at.toISOString()];
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    after = { at: last.cursorAt, id: last.id };
  }
}
