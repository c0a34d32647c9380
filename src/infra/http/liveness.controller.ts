import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiServiceUnavailableResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Public } from './principal.js';
import { Readiness } from './readiness.js';

export class LivenessDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

const NO_DATABASE = 'The database does not answer or lacks migrations.';

/** For process supervisors: is it alive, can it work. */
@Controller()
@ApiTags('Operation')
export class LivenessController {
  private looking: Promise<string | undefined> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly readiness: Readiness,
  ) {}

  @Get('healthz')
  @ApiOperation({ summary: 'Is the process alive?' })
  @Public()
  @ApiOkResponse({ type: LivenessDto })
  live(): LivenessDto {
    return { status: 'ok' };
  }

  /** Ready when the database answers and has every migration, and, where this process publishes, nothing due lies idle. */
  @Get('readyz')
  @ApiOperation({
    summary: 'Can it work: does the database answer, with every migration, and is nothing due left lying?',
  })
  @Public()
  @ApiOkResponse({ type: LivenessDto })
  @ApiServiceUnavailableResponse({ description: 'Something stands in the way; `detail` says what.' })
  async ready(): Promise<LivenessDto> {
    // Anyone may ask, however often: the database is asked once for all who ask meanwhile.
    this.looking ??= this.obstacle()
      .catch(() => NO_DATABASE)
      .finally(() => (this.looking = undefined));
    const obstacle = await this.looking;
    if (obstacle !== undefined) throw new ServiceUnavailableException(obstacle);
    return { status: 'ok' };
  }

  private async obstacle(): Promise<string | undefined> {
    if (await this.dataSource.showMigrations()) return NO_DATABASE;
    return this.readiness.obstacle();
  }
}
