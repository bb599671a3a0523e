import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Clients } from './constructs/bundles.ts';

export type Partition = 'aws' | 'aws-cn';

/** What differs between stages and partitions; everything else is the same everywhere. */
export type Settings = {
  readonly stage: string;
  readonly partition: Partition;
  readonly region: string;
  /** Cities served by this deployment; the first is the default. */
  readonly tenants: readonly string[];
  readonly logRetention: RetentionDays;
  readonly smsEndpoint: string;
  /** Alternate domain name with the id of its certificate in IAM: in China CloudFront serves nothing without one. */
  readonly domain: { readonly name: string; readonly certificateId: string } | undefined;
  /** Where alarms go by mail; nobody is told when it is missing. */
  readonly alarmEmail: string | undefined;
  /** Whose clients of AWS the bundles hold. */
  readonly clients: Clients;
};

const regions: Record<Partition, string> = { aws: 'ap-southeast-1', 'aws-cn': 'cn-northwest-1' };

/** Context values come from the command line as text: `cdk synth -c stage=prod -c partition=aws-cn`. */
export function settingsFrom(context: (name: string) => unknown): Settings {
  const text = (name: string): string | undefined => {
    const value = context(name);
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw new Error(`context "${name}" must be a text`);
    return value;
  };
  const partition = text('partition') ?? 'aws';
  if (partition !== 'aws' && partition !== 'aws-cn')
    throw new Error(`context "partition" is aws or aws-cn, not ${partition}`);
  const stage = text('stage') ?? 'dev';
  if (!/^[a-z][a-z0-9]{0,11}$/.test(stage)) throw new Error(`context "stage" is a short lower-case word, not ${stage}`);
  const clients = text('clients') ?? 'light';
  if (clients !== 'light' && clients !== 'sdk') throw new Error(`context "clients" is light or sdk, not ${clients}`);
  const domainName = text('domainName');
  const certificateId = text('certificateId');
  if ((domainName === undefined) !== (certificateId === undefined)) {
    throw new Error('context "domainName" and "certificateId" come together');
  }
  return {
    stage,
    partition,
    region: text('region') ?? regions[partition],
    tenants: (text('tenants') ?? 'putian').split(','),
    // Cybersecurity Law of the PRC, article 21 (3): network logs are kept for at least six months.
    logRetention: stage === 'dev' ? RetentionDays.ONE_WEEK : RetentionDays.SIX_MONTHS,
    smsEndpoint: text('smsEndpoint') ?? 'https://sms.tencentcloudapi.com',
    domain: domainName && certificateId ? { name: domainName, certificateId } : undefined,
    alarmEmail: text('alarmEmail'),
    clients,
  };
}
