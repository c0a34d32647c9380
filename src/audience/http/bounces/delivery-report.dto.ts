import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import { DELIVERY_CLASSES, type DeliveryClass } from '../../domain/bounces/delivery-class.js';
import {
  type DeliveryReport,
  REPORT_KINDS,
  REPORT_SOURCES,
  type ReportKind,
} from '../../domain/bounces/delivery-reports.port.js';

export class DeliveryReportsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: REPORT_KINDS })
  @IsOptional()
  @IsIn(REPORT_KINDS)
  kind?: ReportKind;

  @ApiPropertyOptional({ enum: DELIVERY_CLASSES })
  @IsOptional()
  @IsIn(DELIVERY_CLASSES)
  class?: DeliveryClass;
}

export class DeliveryReportResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid' })
  broadcastId!: string;
  @ApiProperty({ format: 'uuid' })
  subscriberId!: string;
  @ApiProperty({ enum: REPORT_KINDS })
  kind!: string;
  @ApiPropertyOptional({ enum: DELIVERY_CLASSES, description: 'Of a bounce: what it means for the next mail.' })
  class?: string;
  @ApiProperty({ description: 'False: it may still arrive, or did.' })
  isFinal!: boolean;
  @ApiProperty({ enum: REPORT_SOURCES, description: '`smtp`: the answer to our own try.' })
  source!: string;
  @ApiProperty({ description: 'The receiving domain; empty once the person was erased.' })
  domain!: string;
  @ApiProperty({ description: "The server's words, addresses taken out." })
  evidence!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class DeliveryReportPageResponse {
  @ApiProperty({ type: [DeliveryReportResponse] })
  items!: readonly DeliveryReportResponse[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class DomainTallyResponse {
  @ApiProperty()
  domain!: string;
  @ApiProperty({ description: 'Persons whose address is no good.' })
  hard!: number;
  @ApiProperty({ description: 'Persons who pressed "spam".' })
  complaints!: number;
  @ApiProperty({ description: 'Persons whose mail was refused because of us or of what it says.' })
  refused!: number;
}

export class DeliveryTallyResponse {
  @ApiProperty({ type: [DomainTallyResponse], description: 'By receiving domain; only those that said anything.' })
  domains!: readonly DomainTallyResponse[];
}

export const toDeliveryReport = (report: DeliveryReport): DeliveryReportResponse => ({
  id: report.id,
  broadcastId: report.broadcastId,
  subscriberId: report.subscriberId,
  kind: report.kind,
  ...(report.deliveryClass === null ? {} : { class: report.deliveryClass }),
  isFinal: report.isFinal,
  source: report.source,
  domain: report.domain,
  evidence: report.evidence,
  at: report.at.toISOString(),
});
