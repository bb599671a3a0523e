import type { IncomingMessage, ServerResponse } from 'node:http';
import { messagesPage } from './messages-page.ts';
import type { SmsGateway } from './sms-gateway.ts';

/** The pages of the local runtime itself, under `/_local/`; in the cloud there is nothing at these addresses. */
export function localPages(sms: SmsGateway) {
  return (_: IncomingMessage, response: ServerResponse, url: URL): boolean => {
    if (url.pathname === '/_local/messages') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(messagesPage(sms.messages()));
      return true;
    }
    if (url.pathname === '/_local/messages.json') {
      const messages = sms.messages(url.searchParams.get('to') ?? undefined);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ messages }));
      return true;
    }
    return false;
  };
}
