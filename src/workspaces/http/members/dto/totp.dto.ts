import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class BeginTotpDto {
  @ApiProperty({ format: 'password', description: 'Yours, once more: a session alone may not do this.' })
  @IsString()
  @Length(1, 1_000)
  password!: string;
}

export class EnrolmentDto {
  @ApiProperty({ description: 'For apps that are typed into; shown only now.' })
  secret!: string;
  @ApiProperty({ description: 'For a QR code; shown only now.' })
  otpauthUrl!: string;
}

export class ConfirmTotpDto {
  @ApiProperty({ example: '287082', description: 'What the app shows now.' })
  @IsString()
  @Length(1, 40)
  code!: string;
}

export class BothFactorsDto extends BeginTotpDto {
  @ApiProperty({ example: '287082', description: 'What the app shows now, or a recovery code.' })
  @IsString()
  @Length(1, 40)
  code!: string;
}

export class RecoveryCodesDto {
  @ApiProperty({ type: [String], description: 'Each stands once for a code of the app; shown only now.' })
  recoveryCodes!: readonly string[];
}
