import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Public } from './principal.js';

/** For process supervisors: is it alive, can it work. */
@Controller()
@ApiTags('Operation')
export class LivenessController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('healthz')
  @Public()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Ready when the database answers and has every migration. */
  @Get('readyz')
  @Public()
  async ready(): Promise<{ status: 'ok' }> {
    try {
      if (await this.dataSource.showMigrations()) throw new Error('Migrations are pending.');
      return { status: 'ok' };
    } catch {
      throw new ServiceUnavailableException('The database does not answer or lacks migrations.');
    }
  }
}
