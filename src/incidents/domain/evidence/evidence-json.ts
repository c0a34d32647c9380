import { expectedTotal } from './expected-reach.js';
import { EVIDENCE_SECTIONS, type EvidencePart, type EvidenceWriter } from './evidence.js';

const NAMES: Readonly<Record<Exclude<EvidencePart['kind'], 'head'>, string>> = {
  timeline: 'timeline',
  update: 'updates',
  target: 'targets',
  reach: 'reach',
  earlier_post: 'earlierPosts',
  decision: 'decisions',
  signals: 'signals',
};

const valueOf = (part: Exclude<EvidencePart, { kind: 'head' }>): unknown => {
  switch (part.kind) {
    case 'timeline':
    case 'decision':
    case 'signals':
      return part.entry;
    case 'update':
      return part.update;
    case 'target':
      return part.target;
    case 'reach':
      return { ...part.row, expectedTotal: expectedTotal(part.row) ?? null };
    case 'earlier_post':
      return part.post;
  }
};

/** The report as one JSON object: its head's fields, then one list per section, empty ones too. */
export const evidenceAsJson = (): EvidenceWriter => {
  const sections = EVIDENCE_SECTIONS.filter((kind) => kind !== 'head');
  let open = -1;
  let isFirst = true;
  /** Ends the open list and begins the next ones up to `place`. */
  const moveTo = (place: number): string => {
    let text = '';
    while (open < place) {
      text += open >= 0 ? ']' : '';
      open += 1;
      const section = sections[open];
      if (section) text += `,${JSON.stringify(NAMES[section])}:[`;
      isFirst = true;
    }
    return text;
  };
  return {
    part: (part) => {
      if (part.kind === 'head') return JSON.stringify(part.head).slice(0, -1);
      const begun = moveTo(sections.indexOf(part.kind));
      const comma = isFirst ? '' : ',';
      isFirst = false;
      return `${begun}${comma}${JSON.stringify(valueOf(part))}`;
    },
    end: () => `${moveTo(sections.length)}}\n`,
  };
};
