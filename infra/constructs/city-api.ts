import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import type { ModuleFunction } from './module-function.ts';
import { acknowledge } from './nag.ts';

/** What the gateway writes for each request. No address, no query, no header: none of them is needed, all could be personal. */
const accessLogFormat = {
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  error: '$context.integrationErrorMessage',
};

/** The city's one HTTP API. Every route is added by key, from whichever stack its function lies in. */
export class CityApi extends Construct {
  readonly api: CfnApi;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.api = new CfnApi(this, 'Api', { name: `linli-${settings.stage}`, protocolType: 'HTTP' });
    const logs = new LogGroup(this, 'AccessLogs', {
      retention: settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnStage(this, 'Stage', {
      apiId: this.api.ref,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: logs.logGroupArn, format: JSON.stringify(accessLogFormat) },
      defaultRouteSettings: { throttlingRateLimit: 500, throttlingBurstLimit: 1_000, detailedMetricsEnabled: true },
    });
  }

  /** Host name of the API, without scheme. */
  get host(): string {
    const stack = Stack.of(this);
    return `${this.api.ref}.execute-api.${stack.region}.${stack.urlSuffix}`;
  }

  /**
   * Sends these routes to a module's function, by one integration and one permission that lie in the function's own stack. A key is
   * `GET /v1/centers/{centerId}`, or `$default` for whatever no other route takes.
   */
  addRoutes(module: ModuleFunction, routeKeys: readonly string[]): void {
    const { lambda } = module;
    const integration = new CfnIntegration(module, 'FromApi', {
      apiId: this.api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: lambda.functionArn,
      payloadFormatVersion: '2.0',
      timeoutInMillis: 29_000,
    });
    lambda.addPermission('FromApi', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(module).formatArn({
        service: 'execute-api',
        resource: this.api.ref,
        resourceName: '*/*',
      }),
    });
    acknowledge(
      module,
      'AwsSolutions-APIG4',
      'Each function verifies the token itself with the published key, so that public and signed-in routes share one pipeline.',
    );
    for (const routeKey of routeKeys) {
      // A new version of a route replaces the old one: the logical id is made of the key itself.
      new CfnRoute(module, `Route-${routeKey.replace(/[^A-Za-z0-9]+/g, '-')}`, {
        apiId: this.api.ref,
        routeKey,
        target: `integrations/${integration.ref}`,
        authorizationType: 'NONE',
      });
    }
  }
}
