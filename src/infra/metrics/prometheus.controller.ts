import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DomainError } from '../../kernel/domain-error.js';
import { AppConfig } from '../config/app-config.js';
import { Public } from '../http/principal.js';
import { MetricsRegistry } from './metrics-registry.js';

/** For Prometheus. With METRICS_TOKEN set, only for who sends it. */
@Controller()
@ApiTags('Operation')
export class PrometheusController {
  constructor(
    private readonly registry: MetricsRegistry,
    private readonly config: AppConfig,
  ) {}

  @Get('metrics')
  @ApiOperation({ summary: 'What this process measures, in Prometheus’ text format' })
  @Public()
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async metrics(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const token = this.config.env.METRICS_TOKEN;
    if (token !== undefined && !isSame(authorization ?? '', `Bearer ${token}`))
      throw new DomainError('unauthenticated', 'metrics.unauthorised', 'Send METRICS_TOKEN as a bearer token.');
    response.type(this.registry.contentType);
    return this.registry.text();
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted));
