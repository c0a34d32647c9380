import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type {
  ImportPerson,
  ImportRow,
  ImportVerdict,
  SubscriberImport,
  SubscriberImportId,
} from '../../domain/lists/subscriber-import.js';
import { SubscriberImportWork } from '../../domain/lists/subscriber-imports.port.js';
import type { SignUp } from '../../domain/lists/sign-up-request.js';
import { SignUpSubscribers, type SignUpVerdict } from './sign-up-subscribers.js';

/** A file proves nothing about who held the browser. */
const NO_VISITOR = {};

/**
 * Puts the people of an import on the list, a chunk in each transaction together with its checkpoint: a crash loses at
 * most the chunk that was open, and no row is stored twice.
 */
@Injectable()
export class RunSubscriberImport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly work: SubscriberImportWork,
    private readonly signUp: SignUpSubscribers,
  ) {}

  /** @returns `again` when this process must stop before the end */
  async runOnce(id: SubscriberImportId, signal?: AbortSignal): Promise<'done' | 'again'> {
    const item = await this.work.begin(id);
    if (!item) return 'done';
    while (!signal?.aborted) {
      if (await this.storeChunk(item)) continue;
      await this.work.end(id);
      return 'done';
    }
    return 'again';
  }

  private storeChunk(item: SubscriberImport): Promise<boolean> {
    return this.unitOfWork.runPatiently(async (tx) => {
      const chunk = await this.work.nextChunk(item.id, tx);
      if (!chunk) return false;
      const people = chunk.rows.flatMap(({ person }) => (person ? [person] : []));
      const signUps = people.map((person) => signUpOf(person, item));
      const verdicts = await this.signUp.execute(item.workspaceId, signUps, NO_VISITOR, tx);
      const left = [...verdicts].reverse();
      const rows = chunk.rows.map((row) => (row.person ? settled(row, left.pop()) : row));
      await this.work.settle(item.id, { ...chunk, rows }, tx);
      return true;
    });
  }
}

const signUpOf = (person: ImportPerson, { settings, fileName }: SubscriberImport): SignUp => {
  const { evidence, phone, phoneEvidence, ...fields } = person;
  const words = { ...settings.consent, source: `import ${settings.source}` };
  return {
    ...fields,
    alreadyConfirmed: evidence !== undefined,
    isAsked: settings.askToConfirm,
    consent: { ...words, evidence: evidence === undefined ? undefined : `${fileName ?? 'file'}: ${evidence}` },
    // Without a proof of its own a number is kept, and nobody may write to it.
    ...(phone === undefined
      ? {}
      : {
          phone: {
            number: phone,
            ...(phoneEvidence === undefined ? {} : { consent: { ...words, evidence: phoneEvidence } }),
            isConfirmed: phoneEvidence !== undefined,
          },
        }),
  };
};

/** What became of a row; its person is forgotten here. */
const settled = ({ row }: ImportRow, verdict: SignUpVerdict | undefined): ImportRow => ({
  row,
  verdict: verdict ? VERDICT_OF[verdict.decision] : 'bad',
});

const VERDICT_OF: Readonly<Record<SignUpVerdict['decision'], ImportVerdict>> = {
  admit: 'confirmed',
  ask: 'pending',
  declare: 'pending',
  exists: 'exists',
  suppressed: 'suppressed',
  limited: 'limited',
  duplicate: 'duplicate',
  bad_email: 'bad',
};
