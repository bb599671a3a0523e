import { randomBytes } from 'node:crypto';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { inject } from 'vitest';

/**
 * Runs before each test file, in its own process: the environment of a function, with two cities and a queue that no other file
 * uses. The first city is the default, the second is "another city".
 */
const mark = randomBytes(4).toString('hex');
Object.assign(process.env, inject('environment'), { TENANTS: `t${mark},u${mark}` });

const endpoint = inject('queueEndpoint');
const client = new SQSClient({ endpoint });
const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: `messages-${mark}` }));
client.destroy();
process.env['MESSAGES_QUEUE_URL'] = QueueUrl;
