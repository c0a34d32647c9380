import { Injectable } from '@nestjs/common';
import { AUTOMATIC_APPROVER } from '../domain/broadcast.js';
import { Broadcasts } from '../domain/broadcasts.port.js';
import { broadcastMail } from '../domain/mail-message.js';
import type { Mail } from '../domain/mailer.port.js';
import type { Claim } from '../domain/recipients.port.js';
import { Templates } from '../domain/template.port.js';
import { BroadcastScenes } from './broadcast-scenes.js';
import { MailSettings } from '../domain/mail-settings.js';

/** Writes one recipient's mail. @throws DomainError `template.*` when it fails for this person */
export type Composer = (claim: Claim) => Mail;

/** Prepares the broadcasts of a batch: templates parsed once, links looked up afresh. */
@Injectable()
export class BroadcastComposers {
  constructor(
    private readonly broadcasts: Broadcasts,
    private readonly scenes: BroadcastScenes,
    private readonly templates: Templates,
    private readonly settings: MailSettings,
  ) {}

  async of(claims: readonly Claim[]): Promise<ReadonlyMap<string, Composer>> {
    const firsts = new Map(claims.map((claim) => [claim.broadcastId, claim]));
    const composers = new Map<string, Composer>();
    for (const [id, { workspaceId }] of firsts) {
      const composer = await this.composerOf(workspaceId, id);
      if (composer) composers.set(id, composer);
    }
    return composers;
  }

  private async composerOf(workspaceId: string, id: string): Promise<Composer | undefined> {
    const broadcast = await this.broadcasts.get(workspaceId, id);
    if (!broadcast) return undefined;
    const compiled = this.templates.compile(broadcast);
    const scene = await this.scenes.of(broadcast);
    const { kind } = broadcast;
    const isAutomatic = broadcast.approvedBy === AUTOMATIC_APPROVER;
    return ({ subscriber, messageId, unsubscribeToken }) =>
      broadcastMail({
        identity: this.settings.identity,
        broadcast: { id, kind, isAutomatic },
        workspace: { id: workspaceId, name: scene.workspace.name },
        recipient: { email: subscriber.email, messageId, unsubscribeToken },
        content: compiled.render(this.scenes.contextFor(scene, subscriber, unsubscribeToken)),
      });
  }
}
