import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiServiceUnavailableResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Public } from './principal.js';

export class LivenessDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

/** For process supervisors: is it alive, can it work. */
@Controller()
@ApiTags('Operation')
export class LivenessController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('healthz')
  @ApiOperation({ summary: 'Is the process alive?' })
  @Public()
  @ApiOkResponse({ type: LivenessDto })
  live(): LivenessDto {
    return { status: 'ok' };
  }

  /** Ready when the database answers and has every migration. */
  @Get('readyz')
  @ApiOperation({ summary: 'Can it work: does the database answer, with every migration?' })
  @Public()
  @ApiOkResponse({ type: LivenessDto })
  @ApiServiceUnavailableResponse({ description: 'The database does not answer or lacks migrations.' })
  async ready(): Promise<LivenessDto> {
    try {
      if (await this.dataSource.showMigrations()) throw new Error('Migrations are pending.');
      return { status: 'ok' };
    } catch {
      throw new ServiceUnavailableException('The database does not answer or lacks migrations.');
    }
  }
}
