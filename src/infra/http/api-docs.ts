import type { INestApplication } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

class ViolationDto {
  @ApiProperty({ example: 'targets.0.caption' })
  field!: string;
  @ApiProperty()
  rule!: string;
  @ApiProperty()
  message!: string;
  @ApiPropertyOptional({ oneOf: [{ type: 'number' }, { type: 'string' }] })
  limit?: number | string;
  @ApiPropertyOptional({ oneOf: [{ type: 'number' }, { type: 'string' }] })
  actual?: number | string;
  @ApiPropertyOptional({ description: 'The document an outside limit comes from.' })
  source?: string;
}

class ProblemDto {
  @ApiProperty({ format: 'uri-reference' })
  type!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ minimum: 400, maximum: 599 })
  status!: number;
  @ApiProperty({ description: 'Stable; programs may switch on it.', example: 'request.invalid' })
  code!: string;
  @ApiProperty({ description: 'What to do next.' })
  detail!: string;
  @ApiProperty()
  requestId!: string;
  @ApiPropertyOptional({ type: [ViolationDto], description: 'Every faulty field.' })
  errors?: readonly ViolationDto[];
}

/** The OpenAPI 3.1 document of every route. */
export const createApiDocument = (nest: INestApplication): OpenAPIObject =>
  withoutNullable(
    SwaggerModule.createDocument(
      nest,
      new DocumentBuilder()
        .setOpenAPIVersion('3.1.0')
        .setTitle('Perennial')
        .setDescription('Schedule short videos, stay on air when a platform goes dark. Errors are RFC 9457 problems.')
        .setVersion('1')
        .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key, `prn_live_…`' })
        .addCookieAuth('perennial', { type: 'apiKey', description: 'A session; behind https `__Host-perennial`' })
        .addGlobalResponse({
          status: 'default',
          description: 'Refused; see /docs/problems.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDto' } } },
        })
        .build(),
      {
        operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
        extraModels: [ProblemDto, ViolationDto],
      },
    ),
  );

/** `nullable` ended with OpenAPI 3.0; 3.1 writes a union with null. */
const withoutNullable = <T>(node: T): T => {
  if (Array.isArray(node)) return node.map((item: unknown) => withoutNullable(item)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([name, value]: [string, unknown]) => [name, withoutNullable(value)]),
  );
  if (nullable !== true) return (nullable === undefined ? rest : { ...rest, nullable }) as T;
  if (typeof rest.type === 'string') return { ...rest, type: [rest.type, 'null'] } as T;
  return { anyOf: [rest, { type: 'null' }] } as T;
};

/** `/v1/openapi.json` and the readable pages at `/docs`. */
export const setUpApiDocs = (nest: INestApplication): void => {
  SwaggerModule.setup('docs', nest, () => createApiDocument(nest), { jsonDocumentUrl: 'v1/openapi.json' });
};
