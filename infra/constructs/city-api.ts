import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
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

/** An HTTP API whose every route is added by key, one integration and one permission per function. */
export class CityApi extends Construct {
  readonly api: CfnApi;
  readonly #integrations = new Map<LambdaFunction, CfnIntegration>();

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
    acknowledge(
      this,
      'AwsSolutions-APIG4',
      'Each function verifies the token itself with the published key, so that public and signed-in routes share one pipeline.',
    );
  }

  /** Host name of the API, without scheme. */
  get host(): string {
    const stack = Stack.of(this);
    return `${this.api.ref}.execute-api.${stack.region}.${stack.urlSuffix}`;
  }

  /** `routeKey` is `GET /v1/centers/{centerId}`, or `$default` for whatever no other route takes. */
  addRoute(routeKey: string, lambda: LambdaFunction): void {
    const integration = this.#integrations.get(lambda) ?? this.#integrate(lambda);
    // A new version of a route replaces the old one: the logical id is made of the key itself.
    const id = routeKey.replace(/[^A-Za-z0-9]+/g, '-');
    new CfnRoute(this, `Route-${id}`, {
      apiId: this.api.ref,
      routeKey,
      target: `integrations/${integration.ref}`,
      authorizationType: 'NONE',
    });
  }

  #integrate(lambda: LambdaFunction): CfnIntegration {
    const integration = new CfnIntegration(this, `To-${lambda.node.path.split('/').at(-2)}`, {
      apiId: this.api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: lambda.functionArn,
      payloadFormatVersion: '2.0',
      timeoutInMillis: 29_000,
    });
    const stack = Stack.of(this);
    lambda.addPermission('FromApi', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: stack.formatArn({ service: 'execute-api', resource: this.api.ref, resourceName: '*/*' }),
    });
    this.#integrations.set(lambda, integration);
    return integration;
  }
}
