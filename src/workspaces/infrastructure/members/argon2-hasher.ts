import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { tooBusy } from '../../domain/members/access.errors.js';
import { normalisePassword } from '../../domain/members/password.js';
import { type HashCost, isOutdated, readHash, type StoredHash, writeHash } from '../../domain/members/password-hash.js';
import { PasswordHasher } from '../../domain/members/password-hasher.port.js';

const derive = promisify(argon2);

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** At once; the pool of four threads also reads files and resolves names. */
const LANES = 2;
/** Beyond these a person waits longer than they would. */
const MAX_WAITING = 50;

/** Argon2id on Node's own threads, a few at once. */
export class Argon2Hasher extends PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private nobody: Promise<string> | undefined;

  constructor(private readonly cost: HashCost) {
    super();
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const hash = await this.inTurn(() => compute(password, { ...this.cost, salt }, HASH_BYTES));
    return writeHash({ ...this.cost, salt, hash });
  }

  async verify(password: string, stored: string | undefined): Promise<{ isRight: boolean; isOutdated: boolean }> {
    // Asked for also where there is a person: whoever comes first after a start must not be told apart by the time.
    const nobody = await this.hashOfNobody();
    const known = readHash(stored ?? nobody);
    if (!known) throw new Error('A stored password hash cannot be read.');
    const hash = await this.inTurn(() => compute(password, known, known.hash.length));
    const isRight = timingSafeEqual(hash, known.hash) && stored !== undefined;
    return { isRight, isOutdated: isRight && isOutdated(known, this.cost) };
  }

  /** Made once, at the present cost: verified against where there is no person. */
  private hashOfNobody(): Promise<string> {
    this.nobody ??= this.hash(randomBytes(SALT_BYTES).toString('hex')).catch((error: unknown) => {
      this.nobody = undefined;
      throw error;
    });
    return this.nobody;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= LANES) {
      if (this.waiting.length >= MAX_WAITING) throw tooBusy();
      // Whoever ends hands its place on, so `running` stays as it is.
      await new Promise<void>((go) => this.waiting.push(go));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

const compute = (password: string, { memoryKib, passes, lanes, salt }: Omit<StoredHash, 'hash'>, tagLength: number) =>
  derive('argon2id', {
    message: normalisePassword(password),
    nonce: salt,
    memory: memoryKib,
    passes,
    parallelism: lanes,
    tagLength,
  });
