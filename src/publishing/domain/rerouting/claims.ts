/** What earlier ones of the same round have taken: nobody may be promised the same place twice. */
export interface Claims {
  /** How many posts an account was given. */
  givenTo(accountId: string): number;
  /** Whether an account was given this post. */
  has(postId: string, accountId: string): boolean;
}

/** The claims of one round, growing as it decides. */
export class RoundClaims implements Claims {
  private readonly given = new Map<string, number>();
  private readonly posts = new Set<string>();

  givenTo(accountId: string): number {
    return this.given.get(accountId) ?? 0;
  }

  has(postId: string, accountId: string): boolean {
    return this.posts.has(`${postId}|${accountId}`);
  }

  give(postId: string, accountId: string): void {
    this.given.set(accountId, this.givenTo(accountId) + 1);
    this.posts.add(`${postId}|${accountId}`);
  }
}
