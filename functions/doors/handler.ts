import * as api from '../../shared/contracts/endpoints/doors.ts';
import { created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { endKey, enter, makeKey } from './commands.ts';
import { doorKeys, entryCode } from './queries.ts';

export const routes = pair(api, {
  readEntryCode: async ({ path }, context) => ok(await entryCode(context, path.personId, path.bookingId)),
  enterDoor: async ({ path, body }, context) => {
    await enter(context, path.roomId, body.code);
    return ok({ open: true });
  },
  listDoorKeys: async ({ path }, context) => ok({ keys: await doorKeys(context, path.centerId) }),
  createDoorKey: async ({ path, body }, context) => created(await makeKey(context, path.roomId, body.label)),
  revokeDoorKey: async ({ path }, context) => {
    await endKey(context, path.roomId, path.keyId);
    return noContent();
  },
});

export const handler = httpHandler(routes);
