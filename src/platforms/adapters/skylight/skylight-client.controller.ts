import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public } from '../../../infra/http/principal.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { publishedMetadata, SKYLIGHT_SCOPES } from './skylight.client-metadata.js';
import type { SkylightConfig } from './skylight.config.js';

/** Injection key of the adapter's settings. */
export const SKYLIGHT_CONFIG = Symbol('SkylightConfig');

/** What authorization servers of AT Protocol read about us (atproto.com/specs/oauth, "client metadata"). */
export class SkylightClientDto {
  @ApiProperty({ description: 'The address of this very document.' })
  client_id!: string;
  @ApiProperty()
  client_name!: string;
  @ApiProperty()
  client_uri!: string;
  @ApiProperty({ type: [String] })
  redirect_uris!: string[];
  @ApiProperty({ example: SKYLIGHT_SCOPES.join(' ') })
  scope!: string;
  @ApiProperty({ type: [String] })
  grant_types!: string[];
  @ApiProperty({ type: [String] })
  response_types!: string[];
  @ApiProperty({ enum: ['web'] })
  application_type!: string;
  @ApiProperty()
  dpop_bound_access_tokens!: boolean;
  @ApiProperty({ enum: ['none', 'private_key_jwt'] })
  token_endpoint_auth_method!: string;
}

/** Our OAuth client, as the servers of AT Protocol fetch it during every consent. */
@Controller('oauth/skylight')
@ApiTags('Accounts')
export class SkylightClientController {
  constructor(@Inject(SKYLIGHT_CONFIG) private readonly config: SkylightConfig) {}

  /** @throws DomainError `oauth.not_public` */
  @Get('client-metadata.json')
  @ApiOperation({ summary: 'Client metadata document for consent on AT Protocol (Skylight, Bluesky)' })
  @Public()
  @Header('cache-control', 'public, max-age=300')
  @ApiOkResponse({ type: SkylightClientDto })
  @ApiNotFoundResponse({ description: 'This installation has no public https address (PUBLIC_URL).' })
  async show(): Promise<SkylightClientDto> {
    const metadata = await publishedMetadata(this.config);
    if (metadata) return metadata as SkylightClientDto;
    throw new DomainError(
      'not_found',
      'oauth.not_public',
      'This installation has no public https address. Set PUBLIC_URL; until then connect with an app password.',
    );
  }
}
