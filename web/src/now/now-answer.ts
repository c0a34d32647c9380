import type {
  NowDto,
  NowPlatformDto,
  NowQuotaDto,
  NowRegionDto,
  NowTargetDto,
  NowTargetsDto,
} from '../api/generated/types.gen.ts';

/** What lies before a person who opens the app. The optional parts are absent where the role may not see them. */
export type NowAnswer = NowDto;
export type NowTarget = NowTargetDto;
/** At most ten of them; `count` says how many there are. */
export type NowList = NowTargetsDto;
export type NowPlatform = NowPlatformDto;
export type NowRegion = NowRegionDto;
export type NowQuota = NowQuotaDto;
