import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsUrl, IsUUID, registerDecorator, ValidateIf } from 'class-validator';
import { AccountDto } from './account.response.dto.js';
import { ConnectAccountDto } from './account.request.dto.js';

const MAX_OPTIONS = 10;
const NAME = /^[A-Za-z]\w{0,31}$/;
const VALUE = /^[^\p{Cc}]{0,300}$/u;
const isSent = (_: unknown, value: unknown) => value !== undefined;

/** True for a flat object of short named texts. */
export const isOptions = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= MAX_OPTIONS &&
  Object.entries(value).every(([name, text]) => NAME.test(name) && typeof text === 'string' && VALUE.test(text));

const IsOptions = (): PropertyDecorator => (target, propertyName) =>
  registerDecorator({
    name: 'isOptions',
    target: target.constructor,
    propertyName: propertyName as string,
    validator: {
      validate: isOptions,
      defaultMessage: () => 'options must be an object of at most 10 short texts, for example {"flavour": "facebook"}',
    },
  });

export class BeginConsentDto extends OmitType(ConnectAccountDto, ['platform', 'credentials'] as const) {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Chosen beforehand. reels: `flavour` (`instagram` or `facebook`); skylight: `handle`.',
    example: { flavour: 'facebook' },
  })
  @ValidateIf(isSent)
  @IsOptions()
  options?: Record<string, string>;

  @ApiPropertyOptional({ format: 'uuid', description: 'Connect this account again; another identity is refused.' })
  @ValidateIf(isSent)
  @IsUUID(undefined, { message: 'accountId must be the id of an account of yours' })
  accountId?: string;

  @ApiPropertyOptional({ description: 'Where the result page leads back to; an address of this installation.' })
  @ValidateIf(isSent)
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  returnUrl?: string;
}

export class BegunConsentDto {
  @ApiProperty({ description: 'Open this in the browser of the person whose account it is.' })
  url!: string;
  @ApiProperty({ format: 'date-time', description: 'Until then the person must have come back; works once.' })
  expiresAt!: string;
}

export class FinishedConsentDto {
  @ApiProperty({ type: [AccountDto], description: 'Every identity the consent covers.' })
  accounts!: readonly AccountDto[];
  @ApiProperty({ type: [String], description: 'Limits the platform puts on them.' })
  notices!: readonly string[];
}
