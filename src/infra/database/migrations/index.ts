import { CreateWorkspaces1795200000001 } from './1795200000001-create-workspaces.js';
import { CreateLibrary1795200000002 } from './1795200000002-create-library.js';
import { CreateAccounts1795200000003 } from './1795200000003-create-accounts.js';
import { CreateHealth1795200000004 } from './1795200000004-create-health.js';
import { CreateRouting1795200000005 } from './1795200000005-create-routing.js';
import { CreatePublishing1795200000006 } from './1795200000006-create-publishing.js';
import { CreateAudience1795200000007 } from './1795200000007-create-audience.js';
import { ExtendAudience1795200000017 } from './1795200000017-extend-audience.js';
import { CreatePlatformNotices1795200000020 } from './1795200000020-create-platform-notices.js';
import { CreateHandoff1795200000022 } from './1795200000022-create-handoff.js';
import { ExtendAccounts1795200000023 } from './1795200000023-extend-accounts.js';
import { CreateMediaUploads1795200000024 } from './1795200000024-create-media-uploads.js';
import { CreateRenditions1795200000025 } from './1795200000025-create-renditions.js';
import { AddTargetNotices1795200000026 } from './1795200000026-add-target-notices.js';
import { IndexFiring1795200000027 } from './1795200000027-index-firing.js';
import { BoundRetries1795200000028 } from './1795200000028-bound-retries.js';
import { CreatePauses1795200000029 } from './1795200000029-create-pauses.js';
import { AddTruth1795200000030 } from './1795200000030-add-truth.js';
import { CreateWebhooks1795200000031 } from './1795200000031-create-webhooks.js';
import { CreatePostMetrics1795200000032 } from './1795200000032-create-post-metrics.js';
import { AddOperations1795200000033 } from './1795200000033-add-operations.js';
import { IndexRetries1795200000034 } from './1795200000034-index-retries.js';
import { PartitionSignals1795200000035 } from './1795200000035-partition-signals.js';
import { CreateIncidentLedger1795200000038 } from './1795200000038-create-incident-ledger.js';
import { CreateFeeds1795200000036 } from './1795200000036-create-feeds.js';
import { CreateLateCopies1795200000037 } from './1795200000037-create-late-copies.js';
import { CreateDrills1795200000039 } from './1795200000039-create-drills.js';
import { CreateNotifications1795200000040 } from './1795200000040-create-notifications.js';
import { CreateRadar1795200000041 } from './1795200000041-create-radar.js';
import { WidenListIndexes1795200000042 } from './1795200000042-widen-list-indexes.js';
import { CreateRecurrences1795200000046 } from './1795200000046-create-recurrences.js';
import { IndexTriedTargets1795200000043 } from './1795200000043-index-tried-targets.js';
import { CreateQueues1795200000044 } from './1795200000044-create-queues.js';
import { CreateContentVariations1795200000045 } from './1795200000045-create-content-variations.js';
import { IndexRefusedReplacements1795200000052 } from './1795200000052-index-refused-replacements.js';
import { AddLibraryExtras1795200000050 } from './1795200000050-add-library-extras.js';
import { CreateLinks1795200000053 } from './1795200000053-create-links.js';
import { CreateFirstComments1795200000054 } from './1795200000054-create-first-comments.js';
import { CreateDeliveryReports1795200000059 } from './1795200000059-create-delivery-reports.js';
import { ExtendOperations1795200000063 } from './1795200000063-extend-operations.js';
import { ExtendSubscribers1795200000055 } from './1795200000055-extend-subscribers.js';
import { CreateSubscriberImports1795200000056 } from './1795200000056-create-subscriber-imports.js';
import { CreateMembers1795200000048 } from './1795200000048-create-members.js';
import { CreateApprovals1795200000049 } from './1795200000049-create-approvals.js';
import { CreatePostImports1795200000047 } from './1795200000047-create-post-imports.js';
import { CreatePlanningChanges1795200000064 } from './1795200000064-create-planning-changes.js';
import { CreateNoticePolicies1795200000060 } from './1795200000060-create-notice-policies.js';
import { CreateSms1795200000061 } from './1795200000061-create-sms.js';
import { CreateApprovalMails1795200000062 } from './1795200000062-create-approval-mails.js';
import { ExtendSending1795200000057 } from './1795200000057-extend-sending.js';
import { CreateNewsletterHandOffs1795200000066 } from './1795200000066-create-newsletter-hand-offs.js';
import { AddStatusPages1795200000068 } from './1795200000068-add-status-pages.js';
import { IndexReroutes1795200000069 } from './1795200000069-index-reroutes.js';
import { CreateAccessLinks1795200000070 } from './1795200000070-create-access-links.js';
import { AddSecondFactors1795200000071 } from './1795200000071-add-second-factors.js';

/** Every migration, oldest first. A merged one is never edited. */
export const migrations = [
  CreateWorkspaces1795200000001,
  CreateLibrary1795200000002,
  CreateAccounts1795200000003,
  CreateHealth1795200000004,
  CreateRouting1795200000005,
  CreatePublishing1795200000006,
  CreateAudience1795200000007,
  ExtendAudience1795200000017,
  CreatePlatformNotices1795200000020,
  CreateHandoff1795200000022,
  ExtendAccounts1795200000023,
  CreateMediaUploads1795200000024,
  CreateRenditions1795200000025,
  AddTargetNotices1795200000026,
  IndexFiring1795200000027,
  BoundRetries1795200000028,
  CreatePauses1795200000029,
  AddTruth1795200000030,
  CreateWebhooks1795200000031,
  CreatePostMetrics1795200000032,
  AddOperations1795200000033,
  IndexRetries1795200000034,
  PartitionSignals1795200000035,
  CreateIncidentLedger1795200000038,
  CreateFeeds1795200000036,
  CreateLateCopies1795200000037,
  CreateDrills1795200000039,
  CreateNotifications1795200000040,
  CreateRadar1795200000041,
  WidenListIndexes1795200000042,
  IndexTriedTargets1795200000043,
  CreateQueues1795200000044,
  CreateContentVariations1795200000045,
  CreateRecurrences1795200000046,
  IndexRefusedReplacements1795200000052,
  AddLibraryExtras1795200000050,
  CreateLinks1795200000053,
  CreateFirstComments1795200000054,
  CreateMembers1795200000048,
  CreateApprovals1795200000049,
  CreatePostImports1795200000047,
  ExtendSubscribers1795200000055,
  CreateSubscriberImports1795200000056,
  ExtendSending1795200000057,
  ExtendOperations1795200000063,
  CreatePlanningChanges1795200000064,
  CreateNoticePolicies1795200000060,
  CreateSms1795200000061,
  CreateDeliveryReports1795200000059,
  CreateApprovalMails1795200000062,
  CreateNewsletterHandOffs1795200000066,
  AddStatusPages1795200000068,
  IndexReroutes1795200000069,
  CreateAccessLinks1795200000070,
  AddSecondFactors1795200000071,
] as const;
