import { Injectable } from '@nestjs/common';
import { type BrokenRecord, type CsvRecord, isBroken } from '../../../kernel/csv/csv-record.js';
import { AddressKeys } from '../../domain/lists/address-keys.js';
import type { ImportColumn } from '../../domain/lists/import-columns.js';
import { readRow, type RowReading } from '../../domain/lists/import-row.js';
import { PhoneNumbers } from '../../domain/lists/phone-numbers.port.js';
import { SeenAddresses } from '../../domain/lists/seen-addresses.js';
import type { ImportPerson, ImportRow, ImportVerdict, SubscriberImport } from '../../domain/lists/subscriber-import.js';
import { CONFIRM_MAIL_WINDOW_MS, decideSignUp, type SignUpDecision } from '../../domain/lists/sign-up.js';
import { type KnownAddress, Subscribers } from '../../domain/lists/subscribers.port.js';

type Records = readonly (CsvRecord | BrokenRecord)[];

interface Candidate {
  readonly row: number;
  readonly person: ImportPerson;
  readonly hmac: Buffer;
}

/** Judges the rows of a file as the sign-up itself would decide; changes nothing. */
@Injectable()
export class JudgePeople {
  constructor(
    private readonly subscribers: Subscribers,
    private readonly keys: AddressKeys,
    private readonly phones: PhoneNumbers,
  ) {}

  /** @returns a judge for one file: it remembers what the file had before */
  open(item: SubscriberImport, columns: readonly ImportColumn[]): (records: Records) => Promise<ImportRow[]> {
    const { tags = [], phoneCountry } = item.settings;
    const reading: RowReading = { columns, tags, phone: (given) => this.phones.parse(given, phoneCountry) };
    const seen = new SeenAddresses();
    return async (records) => {
      const judged = records.map((record) => this.read(record, { item, reading, seen }));
      const candidates = judged.filter((one): one is Candidate => 'hmac' in one);
      const verdicts = await this.verdictsOf(item, candidates);
      return judged.map((one) => ('hmac' in one ? withVerdict(one, verdicts.get(one.row) ?? 'ready') : one));
    };
  }

  private read(
    record: CsvRecord | BrokenRecord,
    file: { readonly item: SubscriberImport; readonly reading: RowReading; readonly seen: SeenAddresses },
  ): Candidate | ImportRow {
    const { row } = record;
    if (isBroken(record)) return { row, verdict: 'bad', problems: [record.problem] };
    const read = readRow(record, file.reading);
    if ('problems' in read) return { row, verdict: 'bad', problems: read.problems, cells: record.cells };
    const hmac = this.keys.hmacOf(file.item.workspaceId, read.person.email);
    return file.seen.add(hmac) ? { row, person: read.person, hmac } : { row, verdict: 'duplicate' };
  }

  private async verdictsOf(
    { workspaceId, settings }: SubscriberImport,
    candidates: readonly Candidate[],
  ): Promise<Map<number, ImportVerdict>> {
    if (candidates.length === 0) return new Map();
    const hmacs = candidates.map(({ hmac }) => hmac);
    const known = new Map(
      (await this.subscribers.standing(workspaceId, hmacs, CONFIRM_MAIL_WINDOW_MS)).map((one) => [
        one.emailHmac.toString('hex'),
        one,
      ]),
    );
    return new Map(
      candidates.map(({ row, person, hmac }) => {
        const facts = factsOf(known.get(hmac.toString('hex')));
        const alreadyConfirmed = person.evidence !== undefined;
        return [row, VERDICT_OF[decideSignUp({ ...facts, alreadyConfirmed, isAsked: settings.askToConfirm })]];
      }),
    );
  }
}

const factsOf = (known: KnownAddress | undefined) => ({
  ...(known?.status ? { status: known.status } : {}),
  ...(known?.suppression ? { suppression: known.suppression } : {}),
  recentRequests: known?.recentRequests ?? 0,
});

const VERDICT_OF: Readonly<Record<SignUpDecision, ImportVerdict>> = {
  ask: 'ready',
  admit: 'ready',
  declare: 'ready',
  exists: 'exists',
  suppressed: 'suppressed',
  limited: 'limited',
};

/** Only who would join is kept; the rest is told by the row's number. */
const withVerdict = ({ row, person }: Candidate, verdict: ImportVerdict): ImportRow =>
  verdict === 'ready' ? { row, verdict, person } : { row, verdict };
