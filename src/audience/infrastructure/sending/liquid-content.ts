import { Liquid, type LiquidOptions, type Template } from 'liquidjs';
import { DomainError, type Violation } from '../../../kernel/domain-error.js';
import type { BroadcastContent } from '../../domain/sending/broadcast.js';
import type { CompiledContent, RenderedContent, TemplateContext } from '../../domain/sending/template.port.js';

const MAX_OUTPUT = 500_000;
/** Milliseconds of wall time; a rendering that takes longer is the template's fault, or that of a busy machine. */
const RENDER_MS = 50;
const OPTIONS: LiquidOptions = {
  strictVariables: true,
  strictFilters: true,
  // `{% if subscriber.attributes.x %}` and `| default:` may ask for what is not there.
  lenientIf: true,
  ownPropertyOnly: true,
  // An empty map instead of the file system: include, render and layout find nothing.
  templates: {},
  parseLimit: 200_000,
  renderLimit: RENDER_MS,
  memoryLimit: 5_000_000,
};
const UNSAFE_LINK = /\b(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data|vbscript|file):/i;
const FIELDS = ['subject', 'bodyText', 'bodyHtml'] as const;
type Field = (typeof FIELDS)[number];

/** Liquid for mail: HTML is escaped by default, text and subject are not. */
const plain = new Liquid(OPTIONS);
const html = new Liquid({ ...OPTIONS, outputEscape: 'escape' });
const engineOf = (field: Field): Liquid => (field === 'bodyHtml' ? html : plain);

/** Parses a broadcast's templates; what `Templates` promises, without a class around it, for any thread. */
export const compileContent = (content: BroadcastContent): CompiledContent => {
  const parsed = collect('template.syntax', (field) => {
    const source = content[field];
    return source === null ? undefined : engineOf(field).parse(source);
  });
  return { render: (context, limitMs) => render(parsed, context, limitMs) };
};

const render = (
  parsed: Readonly<Record<Field, Template[] | undefined>>,
  context: TemplateContext,
  renderLimit = RENDER_MS,
): RenderedContent => {
  const done = collect('template.missing_variable', (field) => {
    const template = parsed[field];
    return template && limited(String(engineOf(field).renderSync(template, context, { renderLimit })));
  });
  const { subject = '', bodyText = '', bodyHtml } = done;
  if (/\p{Cc}/u.test(subject)) throw refusal('template.header_break', 'subject', HEADER_BREAK);
  if (bodyHtml !== undefined && UNSAFE_LINK.test(bodyHtml)) throw refusal('template.unsafe_link', 'bodyHtml', UNSAFE);
  return { subject, text: bodyText, ...(bodyHtml === undefined ? {} : { html: bodyHtml }) };
};

/** Does the same for every field and names all that fail. */
const collect = <T>(code: string, work: (field: Field) => T | undefined): Record<Field, T | undefined> => {
  const done: Partial<Record<Field, T | undefined>> = {};
  const violations: Violation[] = [];
  for (const field of FIELDS) {
    try {
      done[field] = work(field);
    } catch (error) {
      violations.push({ field, rule: code, message: `${field}: ${(error as Error).message}` });
    }
  }
  if (violations.length === 0) return done as Record<Field, T | undefined>;
  throw new DomainError(
    'invalid',
    codeOf(code, violations),
    `The template cannot be used. ${violations[0]?.message}`,
    {},
    violations,
  );
};

const codeOf = (code: string, violations: readonly Violation[]): string => {
  if (code === 'template.syntax') return code;
  if (violations.some(({ message }) => message.includes('template render limit exceeded'))) return 'template.too_slow';
  return violations.every(({ message }) => message.includes('undefined variable')) ? code : 'template.failed';
};

const HEADER_BREAK = 'The subject contains a line break or control character. Keep it on one line.';
const UNSAFE = 'A link uses javascript:, data:, vbscript: or file:. Use https links.';

const refusal = (code: string, field: Field, message: string) =>
  new DomainError('invalid', code, message, {}, [{ field, rule: code, message }]);

const limited = (output: string): string => {
  if (Buffer.byteLength(output) <= MAX_OUTPUT) return output;
  throw new Error(`the rendered text is larger than ${MAX_OUTPUT} bytes`);
};
