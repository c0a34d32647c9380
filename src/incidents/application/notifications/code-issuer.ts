import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Message } from '../../domain/notifications/message.js';
import { CodeKeys, codeMessage, newCode } from '../../domain/notifications/verification.js';
import { NotificationSettings } from '../../notification-settings.js';

/** Draws codes, and writes their mail. */
@Injectable()
export class CodeIssuer {
  constructor(
    private readonly keys: CodeKeys,
    private readonly settings: NotificationSettings,
  ) {}

  draw(channelId: string): { readonly code: string; readonly hash: Buffer } {
    const code = newCode(randomInt);
    return { code, hash: this.keys.hashOf(channelId, code) };
  }

  addressOf(address: string): Buffer {
    return this.keys.addressOf(address);
  }

  matches(hash: Buffer, channelId: string, code: string): boolean {
    return this.keys.matches(hash, channelId, code);
  }

  messageOf(code: string, names: { readonly workspace: string; readonly channel: string }): Message {
    return codeMessage(code, names, this.settings);
  }
}
