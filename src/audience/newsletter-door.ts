/** Which addresses a workspace may name as its listmonk besides public ones: hosts and networks. */
export class NewsletterDoor {
  constructor(readonly policy: { readonly allow: readonly string[] }) {}
}
