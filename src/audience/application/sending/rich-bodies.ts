import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { MessageBuilder } from '../../domain/sending/message-builder.port.js';

/** The rich part of a request: HTML, MJML, or none. */
export interface RichBody {
  readonly bodyHtml?: string | null;
  readonly bodyMjml?: string;
}

/** HTML as it was given, or made of MJML. */
@Injectable()
export class RichBodies {
  constructor(private readonly builder: MessageBuilder) {}

  /** @throws DomainError `broadcast.two_bodies`, `template.mjml` */
  async of({ bodyHtml, bodyMjml }: RichBody): Promise<Pick<Broadcast, 'bodyHtml' | 'bodyMjml'>> {
    if (bodyMjml === undefined) return { bodyHtml: bodyHtml ?? null, bodyMjml: null };
    if (bodyHtml != null) throw twoBodies();
    return { bodyHtml: await this.builder.htmlOf(bodyMjml), bodyMjml };
  }
}

const twoBodies = () =>
  new DomainError('invalid', 'broadcast.two_bodies', 'Give bodyHtml or bodyMjml, not both.', {}, [
    { field: 'bodyMjml', rule: 'alone', message: 'bodyMjml cannot be given together with bodyHtml' },
  ]);
