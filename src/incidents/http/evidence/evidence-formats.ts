import { evidenceAsCsv } from '../../domain/evidence/evidence-csv.js';
import { evidenceAsHtml } from '../../domain/evidence/evidence-html.js';
import { evidenceAsJson } from '../../domain/evidence/evidence-json.js';
import type { EvidenceWriter } from '../../domain/evidence/evidence.js';

export const EVIDENCE_FORMATS = ['html', 'csv', 'json'] as const;
export type EvidenceFormat = (typeof EVIDENCE_FORMATS)[number];

interface EvidenceMedium {
  readonly type: string;
  readonly extension: string;
  readonly disposition: 'inline' | 'attachment';
  readonly writer: () => EvidenceWriter;
}

/** How each format leaves. */
export const EVIDENCE_MEDIA: Readonly<Record<EvidenceFormat, EvidenceMedium>> = {
  html: { type: 'text/html; charset=utf-8', extension: 'html', disposition: 'inline', writer: evidenceAsHtml },
  csv: { type: 'text/csv; charset=utf-8', extension: 'csv', disposition: 'attachment', writer: evidenceAsCsv },
  json: {
    type: 'application/json; charset=utf-8',
    extension: 'json',
    disposition: 'attachment',
    writer: evidenceAsJson,
  },
};
