import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/nag.ts';
import type { Settings } from '../settings.ts';

export type CityData = Pick<
  DataStack,
  | 'table'
  | 'dueIndex'
  | 'tokenKey'
  | 'dataKey'
  | 'macKey'
  | 'messagesQueue'
  | 'streamDeadLetters'
  | 'smsSecret'
  | 'edgeSecret'
  | 'alarms'
  | 'accessLogs'
>;

/** Everything that must outlive a deployment: the table, the keys, the queues, the documents. */
export class DataStack extends Stack {
  readonly table: Table;
  readonly dueIndex = 'due';
  readonly tokenKey: Key;
  readonly dataKey: Key;
  readonly macKey: Key;
  readonly messagesQueue: Queue;
  readonly streamDeadLetters: Queue;
  readonly smsSecret: Secret;
  /** Known to the distribution and the functions: what carries it came through the one, so its word on who called is taken. */
  readonly edgeSecret: Secret;
  readonly alarms: Topic;
  readonly accessLogs: IBucket;

  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, id, props);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'ttlEpochSeconds',
    });
    this.table.addGlobalSecondaryIndex({
      indexName: this.dueIndex,
      partitionKey: { name: 'duePk', type: AttributeType.STRING },
      sortKey: { name: 'dueAtEpochSeconds', type: AttributeType.NUMBER },
      projectionType: ProjectionType.ALL,
    });

    const key = (name: string, description: string, keySpec: KeySpec, keyUsage: KeyUsage) =>
      new Key(this, name, {
        description,
        keySpec,
        keyUsage,
        // KMS rotates symmetric encryption keys only; the others are replaced by a new key under a new id.
        enableKeyRotation: keyUsage === KeyUsage.ENCRYPT_DECRYPT,
        removalPolicy: RemovalPolicy.RETAIN,
      });
    this.tokenKey = key('TokenKey', 'Signs tokens', KeySpec.ECC_NIST_P256, KeyUsage.SIGN_VERIFY);
    this.dataKey = key(
      'DataKey',
      'Encrypts card and phone numbers',
      KeySpec.SYMMETRIC_DEFAULT,
      KeyUsage.ENCRYPT_DECRYPT,
    );
    this.macKey = key(
      'MacKey',
      'Derives secrets for lookups and cursors',
      KeySpec.HMAC_256,
      KeyUsage.GENERATE_VERIFY_MAC,
    );

    const queue = (name: string, props: ConstructorParameters<typeof Queue>[2] = {}) =>
      new Queue(this, name, { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, ...props });
    const messagesDeadLetters = queue('MessagesDeadLetters', { retentionPeriod: Duration.days(14) });
    this.streamDeadLetters = queue('StreamDeadLetters', { retentionPeriod: Duration.days(14) });
    this.messagesQueue = queue('Messages', {
      // Six times the function's timeout, as Lambda asks of a queue that feeds it.
      visibilityTimeout: Duration.seconds(180),
      deadLetterQueue: { queue: messagesDeadLetters, maxReceiveCount: 4 },
    });
    acknowledge(
      this.streamDeadLetters,
      'AwsSolutions-SQS3',
      'This queue is the dead-letter queue of the stream consumer.',
    );

    this.smsSecret = new Secret(this, 'SmsSecret', {
      description: 'Credentials and templates of the SMS gateway, filled in by hand after the first deployment',
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      this.smsSecret,
      'AwsSolutions-SMG4',
      'The SMS provider issues these credentials; they cannot be rotated from here.',
    );

    this.edgeSecret = new Secret(this, 'EdgeSecret', {
      description: 'Tells the functions that a request came through the distribution',
      generateSecretString: { excludePunctuation: true, passwordLength: 40 },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      this.edgeSecret,
      'AwsSolutions-SMG4',
      'It is read when a stack is deployed; to change it, replace its value and deploy again.',
    );

    // The cast is for CDK's types only: they were not written for exactOptionalPropertyTypes.
    this.accessLogs = new Bucket(this, 'AccessLogs', {
      ...privateBucket,
      // CloudFront delivers its logs through an ACL.
      objectOwnership: ObjectOwnership.OBJECT_WRITER,
      lifecycleRules: [{ expiration: Duration.days(settings.stage === 'dev' ? 7 : 183) }],
    }) as IBucket;
    acknowledge(this.accessLogs, 'AwsSolutions-S1', 'This bucket holds the access logs of the others.');
    new Bucket(this, 'Documents', {
      ...privateBucket,
      versioned: true,
      serverAccessLogsBucket: this.accessLogs,
      serverAccessLogsPrefix: 'documents/',
    });

    this.alarms = new Topic(this, 'Alarms', { enforceSSL: true });
    if (settings.alarmEmail) this.alarms.addSubscription(new EmailSubscription(settings.alarmEmail));
  }
}

export const privateBucket = {
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;
