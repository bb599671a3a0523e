import * as api from '../../shared/contracts/endpoints/doors.ts';
import { created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { endKey, enter, makeKey } from './commands.ts';
import { listDoorKeys, readEntryCode } from './queries.ts';

export const routes = pair(api, {
  readEntryCode: async (context, { path }) => ok(await readEntryCode(context, path.personId, path.bookingId)),
  enterDoor: async (context, { path, body }) => {
    await enter(context, path.roomId, body.code);
    return ok({ open: true });
  },
  listDoorKeys: async (context, { path }) => ok({ keys: await listDoorKeys(context, path.centerId) }),
  createDoorKey: async (context, { path, body }) => created(await makeKey(context, path.roomId, body.label)),
  revokeDoorKey: async (context, { path }) => {
    await endKey(context, path.roomId, path.keyId);
    return noContent();
  },
});

export const handler = httpHandler(routes);
