import { Global, Module } from '@nestjs/common';
import { Boss } from '../../src/infra/jobs/boss.js';

const silent = {
  createQueue: async () => undefined,
  work: async () => undefined,
  insert: async () => undefined,
};

/** For rooms whose jobs a test runs by hand: what is sent goes nowhere. */
@Global()
@Module({ providers: [{ provide: Boss, useValue: { engine: silent, within: () => ({}) } }], exports: [Boss] })
export class NoJobsModule {}
