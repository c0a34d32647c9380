import { Injectable } from '@nestjs/common';
import type { BroadcastContent } from '../../domain/sending/broadcast.js';
import { type CompiledContent, Templates } from '../../domain/sending/template.port.js';
import { compileContent } from './liquid-content.js';

/** Liquid for mail, for whoever only asks whether a template can be read. */
@Injectable()
export class LiquidTemplates extends Templates {
  compile(content: BroadcastContent): CompiledContent {
    return compileContent(content);
  }
}
