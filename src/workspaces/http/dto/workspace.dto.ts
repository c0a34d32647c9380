import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsBoolean, Length, Matches, registerDecorator, ValidateIf } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import {
  BRAND_COLOR_PATTERN,
  isTimeZone,
  REGION_PATTERN,
  STATUS_SLUG_PATTERN,
  type Workspace,
} from '../../domain/workspace.js';

export const IsTimeZoneName = (): PropertyDecorator => (target, propertyName) =>
  registerDecorator({
    name: 'isTimeZoneName',
    target: target.constructor,
    propertyName: propertyName as string,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isTimeZone(value),
      defaultMessage: () => 'timeZone must be an IANA name, for example Europe/Paris or UTC',
    },
  });

export class CreateWorkspaceDto {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @Length(1, 200)
  name!: string;

  @ApiProperty({ example: 'us', description: 'Where its accounts are at home; health is kept per region.' })
  @Matches(REGION_PATTERN, { message: 'region must be 2 to 10 lower-case letters, for example us' })
  region!: string;

  @ApiProperty({ example: 'Europe/Paris', description: 'IANA time zone.' })
  @IsTimeZoneName()
  timeZone!: string;
}

/** May be left out, and is cleared by null. */
const IfNotCleared = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined && value !== null);

export class UpdateWorkspaceDto extends PartialType(CreateWorkspaceDto, { skipNullProperties: false }) {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'studio-nord',
    description: 'Opens your public page at /status/{statusSlug}; null takes it away.',
  })
  @IfNotCleared()
  @Matches(STATUS_SLUG_PATTERN, {
    message: 'statusSlug must be 3 to 40 lower-case letters, digits and single hyphens between them',
  })
  statusSlug?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: '#0b7285', description: 'Worn by your public page.' })
  @IfNotCleared()
  @Matches(BRAND_COLOR_PATTERN, { message: 'brandColor must be # and six lower-case hexadecimal digits' })
  brandColor?: string | null;

  @ApiPropertyOptional({ description: 'Whether members need a second factor to do anything here; keys do not.' })
  @IfGiven()
  @IsBoolean()
  requiresTotp?: boolean;
}

export class WorkspaceDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  region!: string;
  @ApiProperty()
  timeZone!: string;
  @ApiPropertyOptional({ description: 'Its public page is at /status/{statusSlug}; left out while there is none.' })
  statusSlug?: string;
  @ApiPropertyOptional({ example: '#0b7285' })
  brandColor?: string;
  @ApiProperty({ description: 'Members need a second factor to do anything here.' })
  requiresTotp!: boolean;
}

export class OpenedWorkspaceDto extends WorkspaceDto {
  @ApiPropertyOptional({ description: "The workspace's first key: only in the first answer, never again." })
  apiKey?: string;
}

export const toWorkspaceDto = ({ id, name, region, timeZone, ...page }: Workspace): WorkspaceDto => ({
  id,
  name,
  region,
  timeZone,
  requiresTotp: page.requiresTotp,
  ...(page.statusSlug === null ? {} : { statusSlug: page.statusSlug }),
  ...(page.brandColor === null ? {} : { brandColor: page.brandColor }),
});
