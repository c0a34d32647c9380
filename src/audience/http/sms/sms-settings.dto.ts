import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { SmsSettings, SmsSettingsInput } from '../../domain/sms/sms-settings.js';
import { SMS_QUIET_HOURS } from '../../domain/sms/country-zones.js';
import { QuietHoursDto } from '../notices/notice-policy.dto.js';

/** A billion units of any currency. */
const MAX_MICROS = 1_000_000_000_000_000;
const ONE_LINE = /^\P{Cc}*$/u;

export class SmsCountryDto {
  @ApiProperty({ example: 'US', description: 'ISO 3166, two capitals.' })
  @Matches(/^[A-Z]{2}$/, { message: 'country must be two capitals like US' })
  country!: string;

  @ApiProperty({ example: 7900, description: "Millionths of the currency: your provider's price of one segment." })
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  segmentMicros!: number;
}

export class SmsSettingsDto {
  @ApiProperty({ description: 'Off: nothing leaves; STOP is heard all the same.' })
  @IsBoolean()
  isOn!: boolean;

  @ApiProperty({
    example: '+14155550100',
    description: 'A number, or a messaging service MG...; people must be able to answer.',
  })
  @IsString()
  @MaxLength(40)
  sender!: string;

  @ApiPropertyOptional({ maxLength: 100, description: '10DLC campaign or toll-free verification of the sender.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @Matches(ONE_LINE, { message: 'registration must be one line' })
  registration?: string;

  @ApiProperty({ example: 'USD' })
  @Matches(/^[A-Z]{3}$/, { message: 'currency must be three capitals like USD' })
  currency!: string;

  @ApiProperty({ type: [SmsCountryDto], description: 'Where texts may go. Nothing is sent anywhere else.' })
  @IsArray()
  @ArrayMaxSize(250)
  @ValidateNested({ each: true })
  @Type(() => SmsCountryDto)
  countries!: SmsCountryDto[];

  @ApiProperty({ minimum: 0, description: 'Millionths of the currency that one broadcast may cost.' })
  @IsInt()
  @Min(0)
  @Max(MAX_MICROS)
  maxPerBroadcastMicros!: number;

  @ApiProperty({ minimum: 0, description: 'Millionths of the currency that a UTC day may cost.' })
  @IsInt()
  @Min(0)
  @Max(MAX_MICROS)
  maxPerDayMicros!: number;

  @ApiPropertyOptional({ type: QuietHoursDto, description: 'By the zone of the number; left out: 21:00 to 08:00.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => QuietHoursDto)
  quietHours?: QuietHoursDto;
}

export class SmsSettingsResponse extends SmsSettingsDto {
  @ApiProperty({ description: 'Millionths spent since 00:00 UTC.' })
  spentTodayMicros!: number;

  @ApiProperty({ description: 'Whether this installation has the credentials of an SMS provider.' })
  hasProvider!: boolean;

  @ApiProperty({ description: "What to enter as the sender's webhook for incoming messages." })
  inboundUrl!: string;
}

export const toSettingsInput = ({
  registration,
  countries,
  quietHours,
  ...rest
}: SmsSettingsDto): SmsSettingsInput => ({
  ...rest,
  registration: registration ?? null,
  countries: countries.map(({ country, segmentMicros }) => ({ country, segmentMicros })),
  quietHours: quietHours ? { from: quietHours.from, until: quietHours.until } : SMS_QUIET_HOURS,
});

export const toSmsSettings = (
  settings: SmsSettings,
  more: Pick<SmsSettingsResponse, 'spentTodayMicros' | 'hasProvider' | 'inboundUrl'>,
): SmsSettingsResponse => {
  const { isOn, sender, registration, currency, countries, maxPerBroadcastMicros, maxPerDayMicros } = settings;
  return {
    isOn,
    sender,
    ...(registration === null ? {} : { registration }),
    currency,
    countries: [...countries],
    maxPerBroadcastMicros,
    maxPerDayMicros,
    quietHours: settings.quietHours,
    ...more,
  };
};
