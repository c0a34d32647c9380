import { Injectable } from '@nestjs/common';
import { Liquid, type LiquidOptions, type Template } from 'liquidjs';
import { DomainError, type Violation } from '../../kernel/domain-error.js';
import type { BroadcastContent } from '../domain/broadcast.js';
import {
  type CompiledContent,
  type RenderedContent,
  type TemplateContext,
  Templates,
} from '../domain/template.port.js';

const MAX_OUTPUT = 500_000;
const OPTIONS: LiquidOptions = {
  strictVariables: true,
  strictFilters: true,
  // `{% if subscriber.attributes.x %}` and `| default:` may ask for what is not there.
  lenientIf: true,
  ownPropertyOnly: true,
  // An empty map instead of the file system: include, render and layout find nothing.
  templates: {},
  parseLimit: 200_000,
  renderLimit: 50,
  memoryLimit: 5_000_000,
};
const UNSAFE_LINK = /\b(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data|vbscript|file):/i;
const FIELDS = ['subject', 'bodyText', 'bodyHtml'] as const;
type Field = (typeof FIELDS)[number];

/** Liquid for mail: HTML is escaped by default, text and subject are not. */
@Injectable()
export class LiquidTemplates extends Templates {
  private readonly plain = new Liquid(OPTIONS);
  private readonly html = new Liquid({ ...OPTIONS, outputEscape: 'escape' });

  compile(content: BroadcastContent): CompiledContent {
    const parsed = this.collect('template.syntax', (field) => {
      const source = content[field];
      return source === null ? undefined : this.engineOf(field).parse(source);
    });
    return { render: (context) => this.render(parsed, context) };
  }

  private render(parsed: Readonly<Record<Field, Template[] | undefined>>, context: TemplateContext): RenderedContent {
    const done = this.collect('template.missing_variable', (field) => {
      const template = parsed[field];
      return template && limited(String(this.engineOf(field).renderSync(template, context)));
    });
    const { subject = '', bodyText = '', bodyHtml } = done;
    if (/\p{Cc}/u.test(subject)) throw refusal('template.header_break', 'subject', HEADER_BREAK);
    if (bodyHtml !== undefined && UNSAFE_LINK.test(bodyHtml)) throw refusal('template.unsafe_link', 'bodyHtml', UNSAFE);
    return { subject, text: bodyText, ...(bodyHtml === undefined ? {} : { html: bodyHtml }) };
  }

  /** Does the same for every field and names all that fail. */
  private collect<T>(code: string, work: (field: Field) => T | undefined): Record<Field, T | undefined> {
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
    const isMissing = violations.every(({ message }) => message.includes('undefined variable'));
    const found = code === 'template.missing_variable' && !isMissing ? 'template.failed' : code;
    throw new DomainError('invalid', found, `The template cannot be used. ${violations[0]?.message}`, {}, violations);
  }

  private engineOf(field: Field): Liquid {
    return field === 'bodyHtml' ? this.html : this.plain;
  }
}

const HEADER_BREAK = 'The subject contains a line break or control character. Keep it on one line.';
const UNSAFE = 'A link uses javascript:, data:, vbscript: or file:. Use https links.';

const refusal = (code: string, field: Field, message: string) =>
  new DomainError('invalid', code, message, {}, [{ field, rule: code, message }]);

const limited = (output: string): string => {
  if (Buffer.byteLength(output) <= MAX_OUTPUT) return output;
  throw new Error(`the rendered text is larger than ${MAX_OUTPUT} bytes`);
};
