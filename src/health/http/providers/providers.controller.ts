import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { ProviderHealths } from '../../domain/providers/providers.port.js';
import { ProviderListDto, toProviderDto, toProviderTransitionDto } from './provider.dto.js';

const LAST_TRANSITIONS = 20;

/** What this instance itself leans on. */
@Controller('v1/providers')
@ApiTags('Platforms')
@ApiBearerAuth()
export class ProvidersController {
  constructor(private readonly healths: ProviderHealths) {}

  @Get()
  @ApiOperation({ summary: "How the instance's own mail and storage providers do" })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: ProviderListDto })
  async list(@CurrentPrincipal() { scopes }: Principal): Promise<ProviderListDto> {
    const isOperator = scopes.includes('operator');
    const transitions = await this.healths.transitions(LAST_TRANSITIONS);
    return {
      items: (await this.healths.list()).map((row) => toProviderDto(row, isOperator)),
      transitions: transitions.map(toProviderTransitionDto),
    };
  }
}
