import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { KeyUse } from '../../shared/plan/plan.ts';
import { leadingKeyPatterns, type Namespace } from '../../shared/table/keys.ts';
import type { PlannedFunction } from '../plans.ts';
import type { Settings } from '../settings.ts';
import type { CityData } from '../stacks/data.ts';
import { functionName } from './bundles.ts';

const readActions = ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'];
const writeActions = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];
const dynamodb = (actions: readonly string[]): string[] => actions.map((action) => `dynamodb:${action}`);

/** Which key a use is about, and the KMS actions it takes. */
const keyActions = {
  verify: ['tokenKey', ['kms:GetPublicKey']],
  sign: ['tokenKey', ['kms:Sign']],
  encrypt: ['dataKey', ['kms:Encrypt']],
  decrypt: ['dataKey', ['kms:Decrypt']],
  derive: ['macKey', ['kms:GenerateMac']],
} as const satisfies Record<KeyUse, readonly ['tokenKey' | 'dataKey' | 'macKey', readonly string[]]>;

const keyVariables = { tokenKey: 'TOKEN_KEY_ID', dataKey: 'DATA_KEY_ID', macKey: 'MAC_KEY_ID' } as const;

export type ModuleFunctionProps = {
  readonly plan: PlannedFunction;
  readonly data: CityData;
  readonly settings: Settings;
  /** The folder that holds every function's bundle. */
  readonly bundles: string;
};

/**
 * The only way to declare a Lambda function: the bundle, its limits, a log group that ends, a role of its own with exactly the
 * rights of its plan, and an alarm when it fails.
 */
export class ModuleFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, { plan, data, settings, bundles }: ModuleFunctionProps) {
    super(scope, id);
    const name = functionName(plan);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Rights of the ${name} function`,
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    const environment: Record<string, string> = {
      LINLI_MODULE: name,
      STAGE: settings.stage,
      TENANTS: settings.tenants.join(','),
    };
    this.grantTable(plan, data);
    if (plan.reads.length + plan.writes.length > 0) environment['TABLE_NAME'] = data.table.tableName;
    for (const use of plan.keys ?? []) {
      const [key, actions] = keyActions[use];
      this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [data[key].keyArn] }));
      environment[keyVariables[key]] = data[key].keyArn;
    }
    if (plan.sendsMessages) {
      this.role.addToPolicy(
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [data.messagesQueue.queueArn] }),
      );
      environment['MESSAGES_QUEUE_URL'] = data.messagesQueue.queueUrl;
    }
    if (plan.readsSmsSecret) {
      this.role.addToPolicy(
        new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [data.smsSecret.secretArn] }),
      );
      environment['SMS_SECRET_ID'] = data.smsSecret.secretArn;
      environment['SMS_ENDPOINT'] = settings.smsEndpoint;
    }
    if (plan.trigger.on === 'http') environment['EDGE_SECRET'] = data.edgeSecret.secretValue.unsafeUnwrap();
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Linli ${settings.stage}: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(`${bundles}/${name}`),
      memorySize: plan.memoryMb,
      timeout: Duration.seconds(plan.timeoutSeconds),
      role: this.role.withoutPolicyUpdates(),
      logGroup,
      environment,
    });
    new Alarm(this, 'Errors', {
      alarmDescription: `The ${name} function failed`,
      metric: this.lambda.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(data.alarms));
  }

  /** Actions by key prefix, which IAM checks as `dynamodb:LeadingKeys`: a function cannot touch what its plan does not name. */
  private grantTable(plan: PlannedFunction, data: CityData): void {
    const onTable = (namespaces: readonly Namespace[]) => namespaces.filter((namespace) => namespace !== 'DUE');
    const grant = (actions: readonly string[], namespaces: readonly Namespace[], resource: string) => {
      if (namespaces.length === 0) return;
      this.role.addToPolicy(
        new PolicyStatement({
          actions: dynamodb(actions),
          resources: [resource],
          conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': leadingKeyPatterns(namespaces) } },
        }),
      );
    };
    // One statement for all that may be read: a batch that spans two namespaces must lie within one statement.
    grant(readActions, onTable([...plan.reads, ...plan.writes]), data.table.tableArn);
    grant(writeActions, onTable(plan.writes), data.table.tableArn);
    if (plan.reads.includes('DUE')) grant(['Query'], ['DUE'], `${data.table.tableArn}/index/${data.dueIndex}`);
  }
}
