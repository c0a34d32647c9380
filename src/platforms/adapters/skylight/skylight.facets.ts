import { type AppBskyRichtextFacet, RichText } from '@atproto/api';
import type { Unavailable } from '../../domain/publish-outcome.js';
import type { Caller, SkylightClient } from './skylight.client.js';
import { unreadable } from './skylight.outcomes.js';

type Facet = AppBskyRichtextFacet.Main;

/** Who asks for the DIDs of mentioned handles. */
export interface FacetReader {
  readonly client: SkylightClient;
  readonly caller: Caller;
}

/**
 * Links, tags and mentions of a text, by UTF-8 byte offsets. A mention of nobody stays plain text; a mention that cannot
 * be looked up now is no reason to lose it, so the caller tries later.
 */
export const facetsOf = async (reader: FacetReader, text: string): Promise<readonly Facet[] | Unavailable> => {
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  const facets: Facet[] = [];
  for (const { index, features } of rich.facets ?? []) {
    const [feature] = features;
    const handle = feature && 'did' in feature ? String(feature.did) : undefined;
    const did = handle === undefined ? undefined : await didOf(reader, handle);
    if (did !== undefined && typeof did !== 'string') return did;
    if (did === '') continue;
    const known = did === undefined ? features : [{ $type: 'app.bsky.richtext.facet#mention' as const, did }];
    facets.push({ index: { byteStart: index.byteStart, byteEnd: index.byteEnd }, features: known });
  }
  return facets;
};

/** Empty for a handle that nobody has. */
const didOf = async ({ client, caller }: FacetReader, handle: string): Promise<string | Unavailable> => {
  const read = await client.call(caller, (agent) => agent.com.atproto.identity.resolveHandle({ handle }));
  if (read.kind === 'ok') return read.value.did;
  const { answer } = read;
  return answer.kind === 'response' && answer.status === 400 ? '' : unreadable(answer, `handle ${handle}`);
};
