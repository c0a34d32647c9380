import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI 3.1 document of every route. */
export const createApiDocument = (nest: INestApplication): OpenAPIObject =>
  SwaggerModule.createDocument(
    nest,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Perennial')
      .setDescription('Schedule short videos, stay on air when a platform goes dark. Errors are RFC 9457 problems.')
      .setVersion('1')
      .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key, `prn_live_…`' })
      .build(),
    { operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}` },
  );

/** `/v1/openapi.json` and the readable pages at `/docs`. */
export const setUpApiDocs = (nest: INestApplication): void => {
  SwaggerModule.setup('docs', nest, () => createApiDocument(nest), { jsonDocumentUrl: 'v1/openapi.json' });
};
