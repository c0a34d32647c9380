import { ApiPropertyOptional } from '@nestjs/swagger';
import { Equals, IsString, Length } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';

export class ResolveTargetRequest {
  @ApiPropertyOptional({
    description: 'The post is there: its public link.',
    example: 'https://www.tiktok.com/@mara/video/7460000000000000999',
  })
  @IfGiven()
  @IsString()
  @Length(1, 500)
  found?: string;

  @ApiPropertyOptional({ description: 'The post is not there.', enum: [true] })
  @IfGiven()
  @Equals(true, { message: 'absent must be true, or be left out' })
  absent?: true;
}
