import type { BroadcastResponse, CreateBroadcastDto, UpdateBroadcastDto } from '../../api/generated/types.gen.ts';

export type BodyFormat = 'mjml' | 'html' | 'text';

export interface BroadcastDraft {
  readonly kind: CreateBroadcastDto['kind'];
  readonly subject: string;
  readonly bodyText: string;
  readonly format: BodyFormat;
  readonly bodyHtml: string;
  readonly bodyMjml: string;
  readonly tags: string[];
  /** Empty: everyone. */
  readonly segmentId: string;
}

/**
 * A frame that mail programs agree on; the words are the writer's. It names a font that every system has: MJML's own
 * default is fetched from elsewhere by whoever opens the mail.
 */
const MJML_FRAME = `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Helvetica, Arial, sans-serif" />
    </mj-attributes>
  </mj-head>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>Hello,</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;

export const NEW_DRAFT: BroadcastDraft = {
  kind: 'news',
  subject: '',
  bodyText: '',
  format: 'text',
  bodyHtml: '',
  bodyMjml: MJML_FRAME,
  tags: [],
  segmentId: '',
};

const formatOf = ({ bodyMjml, bodyHtml }: BroadcastResponse): BodyFormat => {
  if (bodyMjml) return 'mjml';
  return bodyHtml ? 'html' : 'text';
};

export const toDraft = (broadcast: BroadcastResponse): BroadcastDraft => ({
  kind: broadcast.kind,
  subject: broadcast.subject,
  bodyText: broadcast.bodyText,
  format: formatOf(broadcast),
  bodyHtml: broadcast.bodyMjml ? '' : (broadcast.bodyHtml ?? ''),
  bodyMjml: broadcast.bodyMjml ?? MJML_FRAME,
  tags: broadcast.tags,
  segmentId: broadcast.segmentId ?? '',
});

const bodyOf = ({ format, bodyHtml, bodyMjml }: BroadcastDraft): { bodyHtml?: string; bodyMjml?: string } => {
  if (format === 'mjml') return { bodyMjml };
  return format === 'html' ? { bodyHtml } : {};
};

export const toCreate = (draft: BroadcastDraft): CreateBroadcastDto => ({
  kind: draft.kind,
  subject: draft.subject,
  bodyText: draft.bodyText,
  tags: draft.tags,
  ...bodyOf(draft),
  ...(draft.segmentId === '' ? {} : { segmentId: draft.segmentId }),
});

/** A change says everything, so that what was taken away is away: no HTML and no segment are null. */
export const toUpdate = (draft: BroadcastDraft): UpdateBroadcastDto => ({
  subject: draft.subject,
  bodyText: draft.bodyText,
  tags: draft.tags,
  segmentId: draft.segmentId === '' ? null : draft.segmentId,
  ...(draft.format === 'text' ? { bodyHtml: null } : bodyOf(draft)),
});

/** What templates may name; see the description of `bodyText` in the API. */
export const VARIABLES: Readonly<Record<BroadcastDraft['kind'], readonly string[]>> = {
  news: ['subscriber.email', 'subscriber.attributes.name', 'workspace.name', 'unsubscribeUrl'],
  blackout: ['incident.platformName', 'workspace.name', 'links', 'pageUrl', 'unsubscribeUrl'],
  all_clear: ['incident.platformName', 'workspace.name', 'links', 'pageUrl', 'unsubscribeUrl'],
};
