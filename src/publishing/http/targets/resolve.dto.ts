import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class ResolveTargetRequest {
  @ApiPropertyOptional({
    description: 'The post is there: its public link.',
    example: 'https://www.tiktok.com/@mara/video/7460000000000000999',
  })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  found?: string;

  @ApiPropertyOptional({ description: 'The post is not there.', enum: [true] })
  @IsOptional()
  @IsIn([true])
  absent?: true;
}
