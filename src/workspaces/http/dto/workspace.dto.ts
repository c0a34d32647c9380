import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Length, Matches, registerDecorator } from 'class-validator';
import { isTimeZone, REGION_PATTERN, type Workspace } from '../../domain/workspace.js';

const IsTimeZoneName = (): PropertyDecorator => (target, propertyName) =>
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

export class UpdateWorkspaceDto extends PartialType(CreateWorkspaceDto, { skipNullProperties: false }) {}

export class WorkspaceDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  region!: string;
  @ApiProperty()
  timeZone!: string;
}

export class OpenedWorkspaceDto extends WorkspaceDto {
  @ApiPropertyOptional({ description: "The workspace's first key: only in the first answer, never again." })
  apiKey?: string;
}

export const toWorkspaceDto = ({ id, name, region, timeZone }: Workspace): WorkspaceDto => ({
  id,
  name,
  region,
  timeZone,
});
