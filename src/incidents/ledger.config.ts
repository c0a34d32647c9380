import type { Provider, Type } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { GatherEvidence } from './application/evidence/gather-evidence.js';
import { WritePostmortem } from './application/evidence/write-postmortem.js';
import { CountSignals } from './application/ledger/count-signals.js';
import { FindIncident } from './application/ledger/find-incident.js';
import { RecordEvents } from './application/ledger/record-events.js';
import { WriteNote } from './application/ledger/write-note.js';
import { PostUpdate } from './application/updates/post-update.js';
import { EvidenceReader } from './domain/evidence/evidence.port.js';
import { EarlierEvents, Ledger, SignalCounts } from './domain/ledger/ledger.port.js';
import { ledgerTiming } from './domain/ledger/ledger-timing.js';
import { IncidentUpdates } from './domain/updates/incident-updates.port.js';
import { EvidenceController } from './http/evidence/evidence.controller.js';
import { LedgerController } from './http/ledger/ledger.controller.js';
import { IncidentUpdatesController } from './http/updates/incident-updates.controller.js';
import { EvidenceReaderRepository } from './infrastructure/evidence/evidence-reader.repository.js';
import { EarlierEventsRepository } from './infrastructure/ledger/earlier-events.repository.js';
import { LedgerRepository } from './infrastructure/ledger/ledger.repository.js';
import { SignalCountsRepository } from './infrastructure/ledger/signal-counts.repository.js';
import { IncidentUpdatesRepository } from './infrastructure/updates/incident-updates.repository.js';
import { LedgerJob } from './jobs/ledger/ledger.job.js';
import { LedgerSettings } from './ledger-settings.js';

const settings: Provider = {
  provide: LedgerSettings,
  inject: [AppConfig],
  useFactory: ({ env }: AppConfig) => new LedgerSettings(ledgerTiming(env.TIME_SCALE)),
};

/** Ledger, public updates, evidence and postmortem. */
export const ledgerProviders: Provider[] = [
  settings,
  { provide: Ledger, useClass: LedgerRepository },
  { provide: EarlierEvents, useClass: EarlierEventsRepository },
  { provide: SignalCounts, useClass: SignalCountsRepository },
  { provide: IncidentUpdates, useClass: IncidentUpdatesRepository },
  { provide: EvidenceReader, useClass: EvidenceReaderRepository },
  CountSignals,
  FindIncident,
  GatherEvidence,
  LedgerJob,
  PostUpdate,
  RecordEvents,
  WriteNote,
  WritePostmortem,
];

export const ledgerControllers: Type[] = [LedgerController, IncidentUpdatesController, EvidenceController];
