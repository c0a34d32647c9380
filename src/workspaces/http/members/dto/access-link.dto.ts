import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { IfGiven } from '../../../../infra/http/if-given.js';
import { IsTimeZoneName } from '../../dto/workspace.dto.js';

export class SetupStateDto {
  @ApiProperty({ description: 'Nobody is a member yet: open the link that the server printed when it started.' })
  needed!: boolean;
}

export class SetUpDto {
  @ApiProperty({ description: 'What stands behind # in the printed link.' })
  @IsString()
  @MaxLength(200)
  token!: string;

  @ApiProperty({ format: 'email', description: 'Of the first owner.' })
  @IsString()
  @Length(1, 320)
  email!: string;

  @ApiProperty({ format: 'password', minLength: 15, maxLength: 128 })
  @IsString()
  @MaxLength(1_000)
  password!: string;

  @ApiPropertyOptional({ maxLength: 200, default: '' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name: string = '';

  @ApiPropertyOptional({ minLength: 1, maxLength: 200, description: 'Stays "My workspace" when left out.' })
  @IfGiven()
  @IsString()
  @Length(1, 200)
  workspaceName?: string;

  @ApiPropertyOptional({
    example: 'Europe/Paris',
    description: 'Of the workspace: IANA name; stays UTC when left out.',
  })
  @IfGiven()
  @IsTimeZoneName()
  timeZone?: string;
}

export class SignInLinkDto {
  @ApiProperty({ description: 'What stands behind # in the link that who runs the server made.' })
  @IsString()
  @MaxLength(200)
  token!: string;

  @ApiPropertyOptional({ description: 'Of the authenticator app, or a recovery code; after `sign_in.totp_required`.' })
  @IfGiven()
  @IsString()
  @MaxLength(40)
  code?: string;
}
