import { type Authorized, asSystem } from '../../shared/access/authorize.ts';
import { type Message, message } from '../../shared/messages/message.ts';
import { readPhone } from '../people/index.ts';
import { sendSms } from './gateway/commands.ts';
import { templateCallFor } from './notices.ts';
import { releaseMessage, settleMessage, takeMessage } from './store.ts';

/**
 * Sends a message once, however often the queue delivers it, and says what became of it. Throws when it should be delivered again:
 * a message that breaks its contract ends in the dead-letter queue that way.
 */
export async function deliver(body: string, now: Date): Promise<string> {
  const parsed = message.parse(JSON.parse(body));
  const by = asSystem(parsed.tenantId, now);
  const taken = await takeMessage(by, parsed.messageId);
  if (taken === 'sent') return 'sent before';
  if (taken === 'busy') throw new Error('the message is being sent by another environment');
  const outcome = await send(by, parsed).catch(async (error: unknown) => {
    await releaseMessage(by, parsed.messageId);
    throw error;
  });
  await settleMessage(by, parsed.messageId, outcome);
  return outcome;
}

async function send(by: Authorized, parsed: Message): Promise<string> {
  const phone = parsed.kind === 'sign-in-code' ? parsed.phone : await readPhone(by, parsed.personId);
  // Elders without a phone get a printed slip; for them there is nothing to send.
  if (!phone) return 'no-phone';
  return sendSms(phone, templateCallFor(parsed), parsed.messageId);
}
