import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { PlatformRegistry } from '../../platforms/index.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../workspaces/index.js';
import { OverrideDesk } from '../application/override-desk.js';
import { ReadPlatforms } from '../application/read-platforms.js';
import { OverrideDto, PinPlatformDto, toOverrideDto } from './dto/override.dto.js';
import { PlatformHealthDto, PlatformListDto, toPlatformDto, toPlatformHealthDto } from './dto/platform.dto.js';
import { pinnerOf } from './pinner-of.js';

@Controller('v1/platforms')
@ApiTags('Platforms')
@ApiBearerAuth()
export class PlatformsController {
  constructor(
    private readonly read: ReadPlatforms,
    private readonly platforms: PlatformRegistry,
    private readonly desk: OverrideDesk,
    private readonly idempotency: Idempotency,
  ) {}

  /** Every platform with its limits and the worst state of its regions. */
  @Get()
  @ApiOperation({ summary: 'List platforms with their limits and state' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: PlatformListDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal): Promise<PlatformListDto> {
    return { items: (await this.read.list(workspaceId)).map(toPlatformDto) };
  }

  /** How one platform does per region and capability, why, and what changed last. */
  @Get(':platform/health')
  @ApiOperation({ summary: 'How one platform does per region and capability, and why' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: PlatformHealthDto })
  async health(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('platform') platform: string,
  ): Promise<PlatformHealthDto> {
    return toPlatformHealthDto(await this.read.health(workspaceId, platform as PlatformName));
  }

  /** Pins the platform's state for your workspace, or, with an operator key, for the whole instance. */
  @Post(':platform/override')
  @ApiOperation({ summary: 'Override the state of a platform for a while' })
  @NeedsScope('health:write')
  @ApiCreatedResponse({ type: OverrideDto })
  pin(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('platform') name: string,
    @Body() { state, reason, region, expiresAt, forSeconds, scope }: PinPlatformDto,
  ): Promise<OverrideDto> {
    const { name: platform } = this.platforms.get(name as PlatformName);
    const until = expiresAt === undefined ? undefined : new Date(expiresAt);
    const request = { platform, state, reason, region, expiresAt: until, forSeconds, scope };
    return this.idempotency.run(principal, call, async (tx) =>
      toOverrideDto(await this.desk.pin(pinnerOf(principal), request, tx)),
    );
  }
}
