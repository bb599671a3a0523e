import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { logger } from '../../shared/http/logger.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { deliver } from './commands.ts';

/** Sends what is on the messages queue. Each message succeeds or fails alone; what fails is delivered again, then parked. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const now = clockNow();
  const failed = await Promise.all(
    event.Records.map(async ({ body, messageId }) => {
      try {
        const outcome = await deliver(body, now);
        if (outcome !== 'sent') logger.info('message not sent', { queueMessageId: messageId, outcome });
        return [];
      } catch (error) {
        // The name only: an error's text may quote what could not be parsed.
        logger.error('message failed', {
          queueMessageId: messageId,
          reason: error instanceof Error && error.name === 'Error' ? error.message : String((error as Error).name),
        });
        return [{ itemIdentifier: messageId }];
      }
    }),
  );
  return { batchItemFailures: failed.flat() };
}
